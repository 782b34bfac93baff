import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkName, lobby } from './lobbyApi';

const answering = (body: unknown, status = 200): ReturnType<typeof vi.fn> => {
  const fetched = vi.fn(() => Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })));
  vi.stubGlobal('fetch', fetched);
  return fetched;
};

afterEach(() => vi.unstubAllGlobals());

describe('lobby', () => {
  it('is what the server says', async () => {
    const told = { title: 'KaiChat', description: 'A place.', channels: [{ name: '@dev', topic: '', counts: { total: 2, web: 1, native: 1 } }] };
    answering(told);
    expect(await lobby()).toEqual(told);
  });

  it.each([['', 404], ['<html>', 200], ['{}', 200], ['{"channels":[{}]}', 200], ['null', 200]])('is nothing after %j with %d', async (body, status) => {
    answering(body, status);
    expect(await lobby()).toBeNull();
  });
});

describe('checkName', () => {
  it('asks for the name as it is written', async () => {
    const fetched = answering({ username: 'a/b', free: false, code: 'username-taken', sentence: 'Taken.' });
    expect((await checkName('a/b'))?.free).toBe(false);
    expect(fetched.mock.calls[0]?.[0]).toBe('/api/v1/usernames/a%2Fb');
  });

  it('knows nothing where the server does not say', async () => {
    answering('', 404);
    expect(await checkName('anna')).toBeNull();
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await checkName('anna')).toBeNull();
  });
});
