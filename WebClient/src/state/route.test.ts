import { describe, expect, it } from 'vitest';
import { pathOf, pathOfChannel, routeOfPath } from './route';

const names = ['@general', '@a/b', '@what?', '@50%', '@a#b', '@@', '@a&b=c', '@..', '@%41', '@m'];

describe('route', () => {
  it.each(names)('leads back to %s, and to a message in it', (channel) => {
    for (const seq of [null, 1234]) {
      const path = pathOf({ channel, seq });
      expect(new URL(path, 'https://a.example').pathname).toBe(path);
      expect(routeOfPath(path)).toEqual({ channel, seq });
    }
  });

  it('keeps the @ readable, since the address is an invitation', () => {
    expect(pathOfChannel('@general')).toBe('/c/@general');
    expect(pathOf({ channel: '@dev', seq: 1234 })).toBe('/c/@dev/m/1234');
  });

  it('understands addresses as people write them', () => {
    for (const path of ['/c/general', '/c/@general/', '/c/%40general']) expect(routeOfPath(path)).toEqual({ channel: '@general', seq: null });
    expect(routeOfPath('/c/general/m/7/')).toEqual({ channel: '@general', seq: 7 });
  });

  it.each(['0', '-1', '1.5', 'x', '9'.repeat(16), ''])('leads to the channel where the message is %j', (seq) => {
    expect(routeOfPath(`/c/@general/m/${seq}`)).toEqual({ channel: '@general', seq: null });
  });

  it.each(['/', '/c', '/c/', '/c//', '/x/@general', '/c/@a/b', '/c/%', '/c/%ff', '/a/c/@general', '/c/@a/m/1/2'])(
    'finds no channel in %s',
    (path) => {
      expect(routeOfPath(path)).toBeNull();
    },
  );
});
