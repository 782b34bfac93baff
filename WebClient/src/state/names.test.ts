import { describe, expect, it } from 'vitest';
import { checkChannel, checkUsername, withAt } from './names';

describe('checkUsername', () => {
  it.each(['a', 'Ada', '1234567890', 'a b', '~!#', 'x@y', 'servers'])('takes %j', (name) => {
    expect(checkUsername(name)).toBeNull();
  });

  it.each([
    ['', 'missing'], ['12345678901', 'too-long'], ['Zo\u00eb', 'not-ascii'], ['a\tb', 'not-ascii'], ['a\x7f', 'not-ascii'],
    [' a', 'space-at-end'], ['a ', 'space-at-end'], [' ', 'space-at-end'], ['@a', 'starts-with-at'],
    ['SERVER', 'reserved'], ['Server', 'reserved'],
  ])('says what is wrong with %j: %s', (name, problem) => {
    expect(checkUsername(name)).toBe(problem);
  });
});

describe('checkChannel', () => {
  it.each(['@a', '@general', `@${'x'.repeat(49)}`, '@a/b?c#d', '@@'])('takes %j', (name) => {
    expect(checkChannel(name)).toBeNull();
  });

  it.each([
    ['', 'missing'], ['@', 'missing'], [`@${'x'.repeat(50)}`, 'too-long'], ['@a b', 'space-within'], ['@caf\u00e9', 'not-ascii'],
    ['@a\n', 'not-ascii'],
  ])('says what is wrong with %j: %s', (name, problem) => {
    expect(checkChannel(name)).toBe(problem);
  });
});

describe('withAt', () => {
  it('adds the @ that was not typed, and takes surrounding spaces away', () => {
    expect([' general ', '@general', ' ', '@'].map(withAt)).toEqual(['@general', '@general', '', '@']);
  });
});
