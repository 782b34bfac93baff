import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aMessage, aPage, aRange, aSnapshot } from '../testing/builders';
import { ClientStage, key, settle } from '../testing/clientStage';
import { ChatError } from './chatError';

let stage: ClientStage;
beforeEach(async () => {
  vi.useFakeTimers();
  stage = new ClientStage();
  await stage.enter();
  stage.calls.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

describe('an edit', () => {
  it('ends the editing at once and shows what the server made of it', async () => {
    let answer: (message: unknown) => void = () => undefined;
    stage.answer = () => new Promise((resolve) => (answer = resolve));
    expect(stage.client.revisions.beginLastEdit(key)).toBe(true);
    expect(stage.channel().composing).toEqual({ kind: 'edit', seq: 3, text: 'text 3' });
    void stage.client.revisions.edit(key, 3, 'better');
    expect(stage.channel()).toMatchObject({ composing: null });
    expect(stage.channel().changes.get(3)).toEqual({ kind: 'edit', text: 'better', problem: null });
    expect(stage.calls).toEqual([['Edit', '@General', 3, 'better']]);
    answer(aMessage(3, { text: 'better', rev: 1 }));
    await settle();
    expect(stage.channel().messages[2]?.text).toBe('better');
    expect(stage.channel().changes.size).toBe(0);
  });

  it('that is refused says why, keeps its text, and goes on with it', async () => {
    stage.answer = () => Promise.reject(new ChatError('edit-too-late', 'Too old.'));
    await stage.client.revisions.edit(key, 3, 'better');
    expect(stage.channel().changes.get(3)).toMatchObject({ text: 'better', problem: { code: 'edit-too-late', detail: 'Too old.' } });
    stage.client.revisions.beginEdit(aMessage(3));
    expect(stage.channel()).toMatchObject({ composing: { kind: 'edit', seq: 3, text: 'better' } });
    expect(stage.channel().changes.size).toBe(0);
  });

  it('without a connection is refused too', async () => {
    stage.lose();
    await stage.client.revisions.edit(key, 3, 'better');
    expect(stage.channel().changes.get(3)?.problem?.code).toBe('unreachable');
    stage.client.revisions.dismiss(key, 3);
    expect(stage.channel().changes.size).toBe(0);
  });

  it('that is left half done goes on later, unless it was ended', async () => {
    stage.client.revisions.beginLastEdit(key);
    stage.client.revisions.keepEdit(key, { kind: 'edit', seq: 3, text: 'half' });
    expect(stage.channel().composing).toMatchObject({ text: 'half' });
    stage.client.revisions.cancel(key);
    stage.client.revisions.keepEdit(key, { kind: 'edit', seq: 3, text: 'half' });
    expect(stage.channel().composing).toBeNull();
  });
});

it('deleting and reacting ask the server', async () => {
  stage.answer = async () => aMessage(2, { rev: 1, reactions: [{ emoji: '👍', count: 1, by: ['ada'] }] });
  await stage.client.revisions.react(key, 2, '👍', true);
  expect(stage.channel().messages[1]?.reactions).toHaveLength(1);
  stage.answer = async () => aMessage(2, { rev: 2, text: '', deletedAt: '2026-05-04T12:00:00Z' });
  await stage.client.revisions.delete(key, 2);
  expect(stage.calls).toEqual([['React', '@General', 2, '👍', true], ['Delete', '@General', 2]]);
  expect(stage.channel().messages[1]?.deletedAt).toBeDefined();
});

it('an answer is sent as one', async () => {
  stage.answer = async () => aMessage(4, { replyTo: 2 });
  stage.client.send(key, 'yes', 2);
  await settle();
  expect(stage.calls[0]).toMatchObject(['SendReply', key, 'yes', expect.any(String), 2]);
});

describe('after a loss', () => {
  const comeBack = async (changes: (method: string, args: readonly unknown[]) => Promise<unknown>): Promise<void> => {
    stage.lose();
    stage.answer = async (method, args) => (method === 'Resume' ? aSnapshot([], { rev: 5, lastSeq: 3 }) : changes(method, args));
    await vi.advanceTimersByTimeAsync(1_000);
  };
  const methods = (): unknown[] => stage.calls.map(([method]) => method);

  it('what changed meanwhile is asked for and shown', async () => {
    await comeBack(async () => ({ channel: key, messages: [aMessage(1, { text: 'first', rev: 4 })], rev: 5, gap: false }));
    expect(stage.calls).toContainEqual(['Changes', key, 0]);
    expect(stage.channel().messages[0]?.text).toBe('first');
    expect(stage.channel()).toMatchObject({ rev: 5, changesAfter: null });
  });

  it('everything held is brought up to date if too much changed', async () => {
    await comeBack(async (method) =>
      method === 'Changes'
        ? { channel: key, messages: [], rev: 5, gap: true }
        : aPage(aRange(1, 3).map((message) => ({ ...message, text: 'anew', rev: 3 }))));
    expect(stage.calls).toContainEqual(['HistoryAfter', key, 0, 200]);
    expect(stage.channel().messages.map(({ text }) => text)).toEqual(['anew', 'anew', 'anew']);
  });

  it('it is asked again when it fails in passing', async () => {
    let failures = 1;
    await comeBack((method) => (method === 'Changes' && failures-- > 0
      ? Promise.reject(new ChatError('storage-unavailable'))
      : Promise.resolve({ channel: key, messages: [], rev: 5, gap: false })));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(methods().filter((method) => method === 'Changes')).toHaveLength(2);
    expect(stage.channel().changesAfter).toBeNull();
  });
});

describe('typing', () => {
  it('is told at most every 3 seconds, and anew for the next message', async () => {
    const { typing } = stage.client;
    typing.typed(key);
    typing.typed(key);
    await vi.advanceTimersByTimeAsync(2_999);
    typing.typed(key);
    expect(stage.calls).toEqual([['Typing', '@General']]);
    await vi.advanceTimersByTimeAsync(1);
    typing.typed(key);
    expect(stage.calls).toHaveLength(2);
    typing.sent(key);
    typing.typed(key);
    expect(stage.calls).toHaveLength(3);
  });

  it('of others is over 5 seconds after the last word of it', async () => {
    await stage.receive('Typing', '@General', 'bob');
    await vi.advanceTimersByTimeAsync(4_000);
    await stage.receive('Typing', '@General', 'bob');
    await vi.advanceTimersByTimeAsync(4_999);
    expect(stage.channel().typing).toEqual(['bob']);
    await vi.advanceTimersByTimeAsync(1);
    expect(stage.channel().typing).toEqual([]);
  });
});
