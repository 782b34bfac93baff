import { describe, expect, it } from 'vitest';
import { anEntry } from '../testing/outboxStage';
import { aChannel, aState } from '../testing/builders';
import { outboxChanged, signedOut } from './session';

describe('what waits in the outbox', () => {
  it('says for how long at the first message of a channel that is not refused', () => {
    const refused = { ...anEntry('refused'), problem: { code: 'text-too-long', detail: '' } as const };
    const entries = [refused, anEntry('first'), anEntry('second'), { ...anEntry('elsewhere'), channel: '@tea' }];
    const { pending } = outboxChanged(aState(), entries, new Set(['first']), new Map([['@general', 7_000]]));
    expect(pending.map(({ id, phase, waitsUntil }) => [id, phase, waitsUntil])).toEqual([
      ['refused', 'failed', null], ['first', 'sending', 7_000], ['second', 'queued', null], ['elsewhere', 'queued', null],
    ]);
  });
});

it('ends with the session what an operator may do and what one was told', () => {
  const kick = { channel: '@general', by: 'mod', reason: 'too loud', until: null };
  const state = { ...aState(aChannel([])), scopes: ['moderation:write'], kicks: [kick], recent: ['@general'] };
  expect(signedOut(state, null)).toMatchObject({ scopes: [], kicks: [], recent: [], imposed: null });
});
