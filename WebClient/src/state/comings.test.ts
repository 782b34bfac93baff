import { describe, expect, it } from 'vitest';
import { aChannel, aMember, aMessage, aRange, aState } from '../testing/builders';
import { channelEvent } from './channels';
import type { Channel, ChatState } from './chatState';
import { countOf } from './comings';
import { rowsOf } from './rows';

const key = '@general';
const joined = (state: ChatState, name: string): ChatState => channelEvent(state, key, { type: 'joined', member: aMember(name) });
const left = (state: ChatState, name: string): ChatState => channelEvent(state, key, { type: 'left', memberId: name });
const posted = (state: ChatState, seq: number): ChatState => channelEvent(state, key, { type: 'posted', message: aMessage(seq, { authorId: 'ben', author: 'ben' }) });
const channelOf = (state: ChatState): Channel => state.channels.get(key) as Channel;
const kinds = (channel: Channel, shown?: 'shown' | 'hidden'): string[] =>
  rowsOf(channel, [], 'ada', shown).map((row) => (row.kind === 'comings' ? row.comings.map(({ username, joined: came }) => (came ? '+' : '-') + username).join('') : row.kind));

describe('who comes and goes', () => {
  it('is one line between two messages, in its place', () => {
    let state = aState(aChannel(aRange(1, 2)));
    for (const name of ['ben', 'cleo', 'dan']) state = joined(state, name);
    state = posted(left(state, 'ben'), 3);
    state = joined(state, 'eve');
    expect(kinds(channelOf(state))).toEqual(['day', 'message', 'message', '+ben+cleo+dan-ben', 'message', '+eve']);
    expect(countOf(channelOf(state).comings)).toEqual({ joined: 4, left: 1 });
    expect(kinds(channelOf(state), 'shown').filter((row) => /^[+-]/.test(row))).toEqual(['+ben', '+cleo', '+dan', '-ben', '+eve']);
    expect(kinds(channelOf(state), 'hidden')).toEqual(['day', 'message', 'message', 'message']);
  });

  it('never reaches over the line "new"', () => {
    let state: ChatState = { ...aState(aChannel(aRange(1, 2))), attentive: false };
    state = joined(state, 'ben');
    state = posted(state, 3);
    state = joined(state, 'cleo');
    expect(kinds(channelOf(state))).toEqual(['day', 'message', 'message', '+ben', 'new', 'message', '+cleo']);
  });

  it('is nothing of those who were there, or were not', () => {
    const state = left(joined(aState(aChannel([], { members: [aMember('ben')] })), 'ben'), 'nobody');
    expect(channelOf(state).comings).toEqual([]);
  });

  it('keeps a bounded number, and nothing of another life of the channel', () => {
    let state = aState(aChannel([]));
    for (let i = 0; i < 60; i++) state = left(joined(state, `m${i}`), `m${i}`);
    expect(channelOf(state).comings).toHaveLength(100);
    expect(new Set(channelOf(state).comings.map(({ id }) => id)).size).toBe(100);
  });
});
