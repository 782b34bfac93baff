import { describe, expect, it } from 'vitest';
import { commandsFor, written } from './commands';
import { minutesOf } from './durations';
import { parseMarkdown } from './markdown';

const command = (text: string): unknown => {
  const result = written(text, 'anna', ['moderation:write', 'channels:write']);
  return result.kind === 'command' ? result.command : result;
};
const given = (name: string, more: object = {}): object => ({ name, target: '', text: '', minutes: null, byAddress: false, ...more });

describe('what is written', () => {
  it('is a message unless it begins with a slash; two of them are one', () => {
    for (const text of ['hello', 'either/or', ' /x', '']) expect(written(text, 'anna', [])).toEqual({ kind: 'message', text });
    expect(written('//etc/hosts', 'anna', [])).toEqual({ kind: 'message', text: '/etc/hosts' });
  });

  it('is never sent when it is no known command', () => {
    expect(written('/usr/bin', 'anna', [])).toEqual({ kind: 'problem', problem: 'unknown', name: 'usr/bin' });
    expect(written('/', 'anna', [])).toEqual({ kind: 'problem', problem: 'unknown', name: '' });
    expect(written('/kick ben', 'anna', [])).toEqual({ kind: 'problem', problem: 'operators', name: 'kick' });
  });

  it('gives each command what it takes', () => {
    expect(command('/join dev')).toEqual(given('join', { target: '@dev' }));
    expect(command('/JOIN @dev')).toEqual(given('join', { target: '@dev' }));
    expect(command('/part')).toEqual(given('leave'));
    expect(command('/search green tea')).toEqual(given('search', { text: 'green tea' }));
    expect(command('/topic All about tea')).toEqual(given('topic', { text: 'All about tea' }));
    expect(command('/kick @ben too loud')).toEqual(given('kick', { target: 'ben', text: 'too loud' }));
    expect(command('/kick "ben b" too loud')).toEqual(given('kick', { target: 'ben b', text: 'too loud' }));
    expect(command('/mute ben 2h too loud')).toEqual(given('mute', { target: 'ben', minutes: 120, text: 'too loud' }));
    expect(command('/mute ben too loud')).toEqual(given('mute', { target: 'ben', text: 'too loud' }));
    expect(command('/mute ben 10')).toEqual(given('mute', { target: 'ben', minutes: 10 }));
    expect(command('/ban ben --address 1d spam')).toEqual(given('ban', { target: 'ben', minutes: 1_440, text: 'spam', byAddress: true }));
  });

  it('says what is missing, too much, or no channel', () => {
    expect(command('/join')).toEqual({ kind: 'problem', problem: 'missing', name: 'join' });
    expect(command('/me')).toEqual({ kind: 'problem', problem: 'missing', name: 'me' });
    expect(command('/join two words')).toEqual({ kind: 'problem', problem: 'too-much', name: 'join' });
    expect(command('/join \u00fcber')).toEqual({ kind: 'problem', problem: 'channel', name: 'join' });
  });

  it('is not sent when it may hold a key', () => {
    expect(written('/operator kc_secret', 'anna', [])).toEqual({ kind: 'problem', problem: 'secret', name: 'operator' });
    expect(command('/operator')).toEqual(given('operator'));
  });
});

it('lists moderation to operators only', () => {
  expect(commandsFor([])).not.toContain('ban');
  expect(commandsFor(['moderation:write', 'channels:write'])).toEqual(expect.arrayContaining(['ban', 'topic']));
  // A key that allows one of the two shows its commands alone.
  expect(commandsFor(['channels:write', 'audit:read'])).toContain('topic');
  expect(commandsFor(['channels:write', 'audit:read'])).not.toContain('ban');
  expect(written('/topic x', 'anna', ['moderation:write'])).toEqual({ kind: 'problem', problem: 'operators', name: 'topic' });
});

it('reads durations', () => {
  expect(['10', '10m', '2h', '1D', '1w'].map(minutesOf)).toEqual([10, 10, 120, 1_440, 10_080]);
  expect(['', '0', 'm', '1y', '-5', '522w', '1.5h'].map(minutesOf)).toEqual([null, null, null, null, null, null, null]);
});

it('writes actions and shrugs as messages that every client can read', () => {
  expect(command('/me waves\nslowly')).toEqual({ kind: 'message', text: '*anna waves slowly*' });
  const shrug = written('/shrug well', 'anna', []);
  expect(shrug.kind === 'message' && parseMarkdown(shrug.text)).toEqual([{ kind: 'paragraph', inlines: [{ kind: 'text', text: 'well \u00af\\_(\u30c4)_/\u00af' }] }]);
});
