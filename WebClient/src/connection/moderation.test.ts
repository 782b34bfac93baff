import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { moderates } from '../state/moderation';
import { aSnapshot } from '../testing/builders';
import { ClientStage, settle } from '../testing/clientStage';
import { ChatError } from './chatError';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const entered = async (answers: Readonly<Record<string, unknown>> = {}): Promise<ClientStage> => {
  const stage = new ClientStage();
  stage.answer = async (method, args) => {
    if (method === 'Join') return aSnapshot([], { channel: String(args[0]) });
    if (answers[method] instanceof Error) throw answers[method];
    return answers[method];
  };
  await stage.enter();
  return stage;
};
const request = { kind: 'ban', username: 'ben', byAddress: false, channel: '@general', minutes: 60, reason: 'spam' } as const;

describe('an operator', () => {
  it('is one who has given the right key, until the session ends', async () => {
    const { client, state: before, ...rest } = await entered({ Operate: ['moderation:write'] });
    expect(before.scopes).toEqual([]);
    await client.moderation.operate('secret');
    expect(client.store.state.scopes).toEqual(['moderation:write']);
    expect(JSON.stringify(rest.saved)).not.toContain('secret');
    void client.signOut();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(client.store.state.scopes).toEqual([]);
  });

  it('is nobody whose key is refused', async () => {
    const { client } = await entered({ Operate: new ChatError('unauthorized', 'Wrong key.', 4) });
    await expect(client.moderation.operate('wrong')).rejects.toMatchObject({ code: 'unauthorized', retryAfterSeconds: 4 });
    expect(client.store.state.scopes).toEqual([]);
  });

  it('has the rights that the server says, after a reload and when they end', async () => {
    const stage = await entered();
    await stage.receive('Operating', ['channels:write']);
    expect(stage.state.scopes).toEqual(['channels:write']);
    await stage.receive('Operating', []);
    expect(stage.state.scopes).toEqual([]);
  });

  it('is a moderator only with the scope to moderate', async () => {
    const stage = await entered();
    expect(moderates(stage.state)).toBe(false);
    await stage.receive('Operating', ['channels:write', 'moderation:read']);
    expect(moderates(stage.state)).toBe(false);
    await stage.receive('Operating', ['moderation:write']);
    expect(moderates(stage.state)).toBe(true);
  });

  it('can take back for ten seconds what was imposed, where it was', async () => {
    const stage = await entered({ Lift: 1 });
    await stage.client.moderation.impose(request);
    expect(stage.state.imposed).toMatchObject({ kind: 'ban', username: 'ben', channel: '@general' });
    await vi.advanceTimersByTimeAsync(9_999);
    await stage.client.moderation.undo();
    expect(stage.calls).toContainEqual(['Lift', 'ban', 'ben', '@general']);
    expect(stage.state.imposed).toBeNull();

    await stage.client.moderation.impose({ ...request, kind: 'mute' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(stage.state.imposed).toBeNull();
  });

  it('keeps the way back while taking it fails', async () => {
    const stage = await entered({ Lift: new ChatError('unreachable') });
    await stage.client.moderation.impose(request);
    await expect(stage.client.moderation.undo()).rejects.toThrow();
    expect(stage.state.imposed).not.toBeNull();
  });

  it('has imposed nothing that the server refused', async () => {
    const stage = await entered({ Impose: new ChatError('scope-missing') });
    await expect(stage.client.moderation.impose(request)).rejects.toThrow();
    expect(stage.state.imposed).toBeNull();
  });
});

describe('whoever is put out of a channel', () => {
  const kick = { channel: '@General', by: 'mod', reason: 'too loud', until: null };

  it('is told so until they put it away, and is not in it', async () => {
    const stage = await entered();
    await stage.receive('Kicked', kick);
    expect(stage.state.channels.size).toBe(0);
    expect(stage.state.kicks).toEqual([kick]);
    await stage.receive('Kicked', { ...kick, reason: 'again' });
    expect(stage.state.kicks.map(({ reason }) => reason)).toEqual(['again']);
    stage.client.dismissKick('@general');
    expect(stage.state.kicks).toEqual([]);
  });

  it('may be muted and unmuted', async () => {
    const stage = await entered();
    const mute = { by: 'mod', reason: 'too loud', until: null };
    await stage.receive('Muted', null, mute);
    expect(stage.channel().mute).toEqual(mute);
    await stage.receive('Muted', '@General', null);
    expect(stage.channel().mute).toBeNull();
    await settle();
  });
});
