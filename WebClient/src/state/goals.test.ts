import { describe, expect, it } from 'vitest';
import { aChannel, aPage, aRange, aState, seqs } from '../testing/builders';
import { newChannel, type Channel, type ChatState } from './chatState';
import { goalArrived, goalLeft, missingDismissed, wanted, wentTo } from './goals';

const key = '@general';
const held = (state: ChatState): Channel => {
  const channel = state.channels.get(key);
  if (!channel) throw new Error('Not listed.');
  return channel;
};
const state = aState(aChannel(aRange(50, 60), { hasEarlier: true }));

describe('a link', () => {
  it('leads to a message that is held, or has its surroundings loaded', () => {
    expect(held(wentTo(state, key, 55))).toMatchObject({ linkedSeq: 55, goal: { kind: 'message', seq: 55, ready: true } });
    expect(held(wentTo(state, key, 5)).goal).toEqual({ kind: 'message', seq: 5, ready: false });
  });

  it('waits for the channel', () => {
    expect(held(wentTo(aState(newChannel(key)), key, 55)).goal?.ready).toBe(false);
  });

  it('says at once what cannot be there', () => {
    expect(held(wentTo(state, key, 61))).toMatchObject({ missingSeq: 61, goal: { ready: true } });
    const whole = aState(aChannel(aRange(50, 60)));
    expect(held(wentTo(whole, key, 49))).toMatchObject({ missingSeq: 49, goal: { ready: true } });
    expect(held(missingDismissed(wentTo(state, key, 61), key)).missingSeq).toBeNull();
  });

  it('to the channel alone leads from a message back to the end, and nowhere for who is there', () => {
    const linked = wentTo(state, key, 55);
    const { goal } = held(linked);
    if (!goal) throw new Error('No goal.');
    const back = held(wentTo(goalLeft(linked, key, goal), key, null));
    expect(back).toMatchObject({ linkedSeq: null, goal: { kind: 'end', ready: true } });
    expect(wentTo(state, key, null)).toBe(state);
  });

  it('leads a reader who comes back to what they were reading, held or not', () => {
    const linked = wentTo(state, key, 55);
    expect(held(wentTo(linked, key, null, 52))).toMatchObject({ linkedSeq: null, goal: { kind: 'reading', seq: 52, ready: true } });
    expect(held(wentTo(linked, key, null, 7)).goal).toEqual({ kind: 'reading', seq: 7, ready: false });
    expect(held(wentTo(linked, key, 54, 7)).goal).toMatchObject({ kind: 'message', seq: 54 });
  });
});

describe('the surroundings of a goal', () => {
  const linked = wentTo(state, key, 5);
  const goal = held(linked).goal ?? { kind: 'end', seq: 0, ready: true };

  it('take the place of what is held', () => {
    const channel = held(goalArrived(linked, key, aPage(aRange(1, 20), { hasLater: true }), goal, 60));
    expect(seqs(channel.messages)).toEqual(seqs(aRange(1, 20)));
    expect(channel).toMatchObject({ hasLater: true, hasEarlier: false, missingSeq: null, goal: { ready: true } });
  });

  it('tell that the message is missing', () => {
    expect(held(goalArrived(linked, key, aPage(aRange(7, 20), { hasLater: true }), goal, 60)).missingSeq).toBe(5);
  });

  it('are nothing to a reader who has gone elsewhere meanwhile', () => {
    const elsewhere = wentTo(linked, key, 8);
    expect(goalArrived(elsewhere, key, aPage(aRange(1, 20)), goal, 60)).toBe(elsewhere);
    expect(goalLeft(elsewhere, key, goal)).toBe(elsewhere);
  });
});

describe('the end', () => {
  it('is there, or to be loaded', () => {
    expect(held(wanted(state, key, 'end')).goal).toEqual({ kind: 'end', seq: 0, ready: true });
    expect(held(wanted(aState(aChannel(aRange(1, 9), { lastSeq: 99 })), key, 'end')).goal?.ready).toBe(false);
  });

  it('and what is held can be gone to without a connection', () => {
    const away = aState(aChannel(aRange(50, 60), { phase: 'entering', hasEarlier: true }));
    expect(held(wanted(away, key, 'end')).goal?.ready).toBe(true);
    expect(held(wentTo(away, key, 55)).goal?.ready).toBe(true);
    expect(held(wentTo(away, key, 61))).toMatchObject({ missingSeq: null, goal: { ready: false } });
  });

  it('ends what the address says of a message', () => {
    expect(held(wanted(wentTo(state, key, 55), key, 'end')).linkedSeq).toBeNull();
  });

  it('is where the line "new" is, on the way to unread messages', () => {
    const line = aState(aChannel(aRange(50, 60), { newAfterSeq: 57, hasEarlier: true }));
    expect(held(wanted(line, key, 'unread')).goal).toEqual({ kind: 'unread', seq: 58, ready: true });
  });
});
