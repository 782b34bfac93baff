import { describe, expect, it } from 'vitest';
import { contractVersion, oldestServer } from './contract';
import { mismatch } from './contractCheck';

describe('mismatch', () => {
  it('is none with the page’s own number', () => {
    expect(mismatch(contractVersion, contractVersion)).toBeNull();
  });

  it('is none with a newer server that still gets along with this page', () => {
    expect(mismatch(contractVersion + 5, contractVersion)).toBeNull();
  });

  it('says that the server is newer where it has given this page up', () => {
    expect(mismatch(contractVersion + 1, contractVersion + 1)).toBe('newer');
  });

  it('says that the server is older than what this page can do with', () => {
    expect(mismatch(oldestServer, 0)).toBeNull();
    expect(mismatch(oldestServer - 1, 0)).toBe('older');
  });

  it('takes what is no number for a server of another time', () => {
    expect(mismatch('2', 1)).toBe('newer');
    expect(mismatch(contractVersion, undefined)).toBe('newer');
  });
});
