import { describe, expect, it } from 'vitest';
import { channelOfPath, pathOfChannel } from './route';

describe('route', () => {
  it.each(['@general', '@a/b', '@what?', '@50%', '@a#b', '@@', '@a&b=c', '@..', '@%41'])('leads back to %s', (name) => {
    const path = pathOfChannel(name);
    expect(new URL(path, 'https://a.example').pathname).toBe(path);
    expect(channelOfPath(path)).toBe(name);
  });

  it('keeps the @ readable, since the address is an invitation', () => {
    expect(pathOfChannel('@general')).toBe('/c/@general');
  });

  it('understands addresses as people write them', () => {
    expect(['/c/general', '/c/@general/', '/c/%40general'].map(channelOfPath)).toEqual(['@general', '@general', '@general']);
  });

  it.each(['/', '/c', '/c/', '/c//', '/x/@general', '/c/@a/b', '/c/%', '/c/%ff', '/a/c/@general'])('finds no channel in %s', (path) => {
    expect(channelOfPath(path)).toBeNull();
  });
});
