import { describe, expect, it } from 'vitest';
import { aChannel, aMessage, aState } from '../testing/builders';
import { cared, defaultArrangement, hiddenChanged, type Arrangement } from './arrangement';
import { allCalls, calls, callsOf } from './attention';
import type { ChatState } from './chatState';

const from = (seq: number, text: string, author = 'Ben'): ReturnType<typeof aMessage> => aMessage(seq, { text, author, authorId: author.toLowerCase() });
const messages = [from(1, 'read'), from(2, 'hello'), from(3, '@ada?'), from(4, 'mine @ada', 'Ada'), from(5, 'noise', 'Carl')];
const channel = aChannel(messages, { readSeq: 1 });
const state = aState(channel);
const on: Arrangement = { ...defaultArrangement, notify: true };
const noon = 12 * 60;

describe('callsOf', () => {
  it('counts what others wrote, and who is meant', () => {
    expect(callsOf(channel, state.session, on)).toEqual({ count: 3, mentions: 1 });
    expect(callsOf(channel, null, on)).toEqual({ count: 0, mentions: 0 });
    expect(callsOf(aChannel(messages), state.session, on)).toEqual({ count: 0, mentions: 0 });
  });

  it('counts of a muted channel the mentions alone', () => {
    expect(callsOf(channel, state.session, cared(on, channel.key, { muted: true }))).toEqual({ count: 1, mentions: 1 });
    expect(callsOf(channel, state.session, cared(on, channel.key, { hidden: true }))).toEqual({ count: 1, mentions: 1 });
  });

  it('does not count who is not to be seen', () => {
    expect(callsOf(channel, state.session, hiddenChanged(on, 'CARL', true))).toEqual({ count: 2, mentions: 1 });
    expect(callsOf(channel, state.session, on)).toEqual({ count: 3, mentions: 1 });
  });

  it('adds up over the channels', () => {
    const other = aChannel(messages, { readSeq: 1, key: '@other', name: '@other' });
    expect(allCalls(aState(channel, other), on)).toEqual({ count: 6, mentions: 2 });
  });
});

describe('calls', () => {
  const away: ChatState = { ...state, attentive: false };
  const [plain, mention, own] = [from(6, 'hello'), from(6, 'hello @Ada'), from(6, '@ada', 'Ada')];
  const called = (arrangement: Arrangement, at: ChatState = away, minute = noon): boolean[] =>
    [plain, mention, own].map((message) => calls(at, arrangement, message, minute));

  it('follows the level, of the channel or of all', () => {
    expect(called(on)).toEqual([false, true, false]);
    expect(called({ ...on, level: 'all' })).toEqual([true, true, false]);
    expect(called({ ...on, level: 'nothing' })).toEqual([false, false, false]);
    expect(called(cared(on, channel.key, { level: 'all' }))).toEqual([true, true, false]);
    expect(called(cared({ ...on, level: 'all' }, channel.key, { level: 'nothing' }))).toEqual([false, false, false]);
  });

  it('is silent unless it was switched on, for muted channels but for mentions, and for people who are not to be seen', () => {
    expect(called({ ...on, notify: false, level: 'all' })).toEqual([false, false, false]);
    expect(called(cared({ ...on, level: 'all' }, channel.key, { muted: true }))).toEqual([false, true, false]);
    expect(called(cared({ ...on, level: 'all' }, channel.key, { hidden: true }))).toEqual([false, true, false]);
    expect(called(hiddenChanged({ ...on, level: 'all' }, 'Ben', true))).toEqual([false, false, false]);
  });

  it('is silent while the channel is looked at, and in quiet hours', () => {
    expect(called({ ...on, level: 'all' }, state)).toEqual([false, false, false]);
    expect(called({ ...on, level: 'all' }, { ...state, active: '@other' })).toEqual([true, true, false]);
    const quiet = { ...on, level: 'all', quiet: { from: 22 * 60, to: 7 * 60 } } as const;
    expect(called(quiet, away, 23 * 60)).toEqual([false, false, false]);
    expect(called(quiet, away, 7 * 60)).toEqual([true, true, false]);
  });
});
