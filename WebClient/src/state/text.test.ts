import { describe, expect, it } from 'vitest';
import { linkTo, segmentsOf, showControls, tidy } from './text';

const links = (text: string): string[] => segmentsOf(text).flatMap(({ href }) => href ?? []);
const linkTexts = (text: string): string[] => segmentsOf(text).flatMap((segment) => (segment.href === null ? [] : segment.text));
const hosts = (text: string): (string | null)[] =>
  segmentsOf(text).flatMap((segment) => (segment.href === null ? [] : [segment.host]));

describe('segmentsOf', () => {
  it('splits a text around its links and loses none of it', () => {
    expect(segmentsOf('see http://a.example/x, or HTTPS://b.example now')).toEqual([
      { text: 'see ', href: null, host: null },
      { text: 'http://a.example/x', href: 'http://a.example/x', host: null },
      { text: ', or ', href: null, host: null },
      { text: 'HTTPS://b.example', href: 'https://b.example/', host: null },
      { text: ' now', href: null, host: null },
    ]);
    expect(segmentsOf('')).toEqual([{ text: '', href: null, host: null }]);
  });

  it.each([
    'javascript:alert(1)', 'JavaScript://a.example/%0aalert(1)', 'data:text/html,<b>x</b>', 'vbscript:x', 'file:///etc/passwd',
    'blob:null/1', 'ftp://a.example', '//a.example', 'www.a.example', 'mailto:a@b.example', 'http:a.example', 'xhttp://a.example',
  ])('makes no link of %s', (text) => {
    expect(segmentsOf(text)).toEqual([{ text, href: null, host: null }]);
  });

  it('links to nothing but http and https, even inside another scheme', () => {
    for (const text of ['javascript:https://a.example', 'data:text/html,http://a.example', 'view-source:https://a.example']) {
      expect(links(text).every((href) => /^https?:\/\/a\.example\/$/.test(href))).toBe(true);
      expect(links(text)).toHaveLength(1);
    }
  });

  it('leaves alone what only looks like an address', () => {
    expect(links('http:// and https://[bad')).toEqual([]);
  });

  it('ends an address before the sentence does, and keeps its own brackets', () => {
    expect(linkTexts('Look (https://a.example/b). Or https://a.example/c_(d)! Or https://a.example/e...')).toEqual([
      'https://a.example/b', 'https://a.example/c_(d)', 'https://a.example/e',
    ]);
    expect(linkTexts('"https://a.example/f" <https://a.example/g>')).toEqual(['https://a.example/f', 'https://a.example/g']);
  });

  it('shows the punycode of a host in another alphabet', () => {
    const cyrillic = 'https://\u0430pple.example/';
    expect(segmentsOf(cyrillic)).toEqual([{ text: cyrillic, href: 'https://xn--pple-43d.example/', host: 'xn--pple-43d.example' }]);
  });

  it('shows the host even if the rest of the address names it, since that is where a fake would put it', () => {
    expect(hosts('https://\u0430pple.example/?xn--pple-43d.example')).toEqual(['xn--pple-43d.example']);
  });

  it('shows the host behind what only looks like one', () => {
    expect(hosts('https://bank.example@evil.example/ https://bank.example:443@evil.example')).toEqual(['evil.example', 'evil.example']);
    expect(hosts('http://0x7f.1/ https://a.example:8443/x https://A.example?q https://b.example#c')).toEqual([
      '127.0.0.1', null, null, null,
    ]);
  });
});

describe('control characters', () => {
  it('are shown as symbols, in texts and in links', () => {
    expect(showControls('a\0b\x07c\x1bd\x7fe')).toBe('a\u2400b\u2407c\u241bd\u2421e');
    expect(showControls('\x85\u202e\u2066')).toBe('[U+0085][U+202E][U+2066]');
    expect(segmentsOf('x\x1b https://a.example/\u202eb').map(({ text }) => text)).toEqual(['x\u241b ', 'https://a.example/[U+202E]b']);
  });

  it('stay what they are where they are line breaks or tabs, and so does every other character', () => {
    const text = 'one\n\ttwo \u00e9\u4e2d\u{1f600}\u200d';
    expect(showControls(text)).toBe(text);
  });
});

describe('tidy', () => {
  it('makes one kind of line break and drops empty lines around the text, not its indentation', () => {
    expect(tidy(' \r\n\n  one\r\n\rtwo  \n ')).toBe('  one\n\ntwo');
  });

  it('leaves nothing of a text in which nothing is visible', () => {
    expect(tidy(' \r\n\t\n ')).toBe('');
  });
});

describe('linkTo', () => {
  it('names the real host, unless the text is it', () => {
    expect(linkTo('https://evil.example/x', 'https://bank.example/')).toEqual({ href: 'https://evil.example/x', host: 'evil.example' });
    expect(linkTo('https://a.example/x', 'here')?.host).toBe('a.example');
    expect(linkTo('https://a.example/x', 'https://a.example/x')?.host).toBeNull();
    expect(linkTo('https://a.example/x', 'a.example')?.host).toBeNull();
    expect(linkTo('https://bank.example@evil.example/', 'https://bank.example@evil.example/')?.host).toBe('evil.example');
  });

  it('leads nowhere where there is no address', () => {
    expect(linkTo('https://', 'x')).toBeNull();
  });
});
