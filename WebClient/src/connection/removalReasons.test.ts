import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { aSnapshot } from '../testing/builders';
import { ClientStage } from '../testing/clientStage';
import { ChatError } from './chatError';
import { reasonOf } from './removalReasons';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const entered = async (reasons: (seqs: readonly number[]) => unknown): Promise<ClientStage> => {
  const stage = new ClientStage();
  stage.answer = async (method, args) => (method === 'RemovalReasons' ? reasons(args[1] as readonly number[]) : aSnapshot([], { channel: String(args[0]) }));
  await stage.enter();
  return stage;
};
const asked = ({ calls }: ClientStage): (readonly unknown[])[] => calls.filter(([method]) => method === 'RemovalReasons');

it('is asked for many messages in one call, for each channel, and each gets its own', async () => {
  const stage = await entered((seqs) => seqs.map((seq) => ({ seq, reason: `why ${seq}` })));
  const { moderation } = stage.client;
  const first = [reasonOf(moderation, '@room', 3), reasonOf(moderation, '@other', 3)];
  await vi.advanceTimersByTimeAsync(40);
  const second = reasonOf(moderation, '@room', 5);
  await vi.advanceTimersByTimeAsync(10);
  expect(await Promise.all([...first, second])).toEqual(['why 3', 'why 3', 'why 5']);
  expect(asked(stage)).toEqual([['RemovalReasons', '@room', [3, 5]], ['RemovalReasons', '@other', [3]]]);

  const later = reasonOf(moderation, '@room', 3);
  await vi.advanceTimersByTimeAsync(50);
  expect(await later).toBe('why 3');
  expect(asked(stage)).toHaveLength(3);
});

it('asks for no more at once than the server answers', async () => {
  const stage = await entered((seqs) => seqs.map((seq) => ({ seq, reason: String(seq) })));
  const reasons = Array.from({ length: 201 }, (_, at) => reasonOf(stage.client.moderation, '@room', at + 1));
  await vi.advanceTimersByTimeAsync(50);
  expect((await Promise.all(reasons)).at(-1)).toBe('201');
  expect(asked(stage).map(([, , seqs]) => (seqs as readonly number[]).length)).toEqual([200, 1]);
});

it('is null where none was given or nothing is known, and a refusal is the refusal of all', async () => {
  const stage = await entered(() => [{ seq: 1, reason: null }]);
  const reasons = [1, 2].map((seq) => reasonOf(stage.client.moderation, '@room', seq));
  await vi.advanceTimersByTimeAsync(50);
  expect(await Promise.all(reasons)).toEqual([null, null]);

  stage.answer = async () => Promise.reject(new ChatError('scope-missing'));
  const refused = Promise.allSettled([1, 2].map((seq) => reasonOf(stage.client.moderation, '@room', seq)));
  await vi.advanceTimersByTimeAsync(50);
  expect((await refused).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
