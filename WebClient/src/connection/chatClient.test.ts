import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aMember, aMessage, aPage, aRange, aSnapshot, seqs } from '../testing/builders';
import { ClientStage, inAnHour, key, settle } from '../testing/clientStage';
import { MemoryStorage } from '../testing/storage';
import { ChatError } from './chatError';
import { contractVersion, type ChatEvents } from './contract';
import { SavedState } from './savedState';

let stage: ClientStage;
beforeEach(() => {
  vi.useFakeTimers();
  stage = new ClientStage();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('signing in', () => {
  it('opens the hub with the token and enters the channel', async () => {
    await stage.enter();
    expect(stage.tokens).toEqual(['t1']);
    expect(stage.calls[0]).toEqual(['Join', '@General']);
    expect(stage.state).toMatchObject({ active: key, connection: { phase: 'online' }, session: { username: 'Ada' } });
    expect(stage.channel().phase).toBe('live');
    expect(stage.saved.session.load()).toMatchObject({ token: 't1' });
  });

  it('that is refused leaves the form, and says why', async () => {
    stage.signIn.mockRejectedValue(new ChatError('username-taken', 'Taken.'));
    await stage.enter();
    expect(stage.state).toMatchObject({ session: null, signIn: { busy: false, problem: { code: 'username-taken' } } });
    stage.signIn.mockRejectedValue(new TypeError('A mistake.'));
    await stage.client.signIn('Ada', key);
    expect(stage.state.signIn.problem?.code).toBe('server-fault');
  });

  it('leads on to the message that the address named', async () => {
    stage.answer = async (method) => (method === 'Join' ? aSnapshot(aRange(500, 510), { hasEarlier: true }) : aPage(aRange(1, 90), { hasLater: true }));
    stage.client.start({ channel: '@general', seq: 40 });
    expect(stage.state.signIn.channel).toBe('@general');
    await stage.client.signIn('Ada', '@general');
    await settle();
    expect(stage.calls).toContainEqual(['HistoryAround', '@general', 40, 100]);
    expect(stage.channel()).toMatchObject({ linkedSeq: 40, goal: { kind: 'message', seq: 40, ready: true } });
  });
});

describe('a server that became too new for the page', () => {
  it('is asked nothing and left alone, and what was written is kept until a reload', async () => {
    await stage.enter();
    stage.contract = [contractVersion + 1, contractVersion + 1];
    stage.lose();
    await vi.advanceTimersByTimeAsync(500);
    expect(stage.state.connection).toMatchObject({ phase: 'incompatible', server: 'newer' });
    const asked = stage.calls.length;
    stage.client.send(key, 'waits');
    stage.client.saveDraft(key, 'half a');
    stage.client.attentionChanged(true);
    stage.client.reconnect();
    await vi.advanceTimersByTimeAsync(600_000);
    expect([stage.tokens.length, stage.calls.length]).toEqual([2, asked]);
    expect(stage.state.session).not.toBeNull();
    expect(stage.state.pending).toMatchObject([{ text: 'waits', phase: 'queued' }]);
    stage.client.leave();
    expect([stage.saved.drafts.load(), stage.saved.session.load()?.token]).toEqual([{ [key]: 'half a' }, 't1']);
  });
});

describe('a page that finds a session', () => {
  const storage = (): MemoryStorage => {
    const kept = new MemoryStorage();
    const saved = new SavedState(kept);
    saved.session.save({ token: 'old', sessionId: 'ada', username: 'Ada', expiresAt: inAnHour(), maxTextLength: 1, nativeLineBytes: 1, nativePort: 1, editSeconds: 1, pageVersion: 'v1' });
    saved.places.save({ username: 'ADA', channels: [{ name: '@general' }, { name: '@other' }], active: '@other' });
    saved.drafts.save({ '@general': 'half a' });
    return kept;
  };

  it('resumes its channels, the last one on the screen', async () => {
    stage = new ClientStage(storage());
    stage.client.start(null);
    await settle();
    expect(stage.tokens).toEqual(['old']);
    expect(stage.calls.map(([method, name]) => [method, name])).toEqual([['Resume', '@other'], ['Resume', '@general']]);
    expect(stage.state).toMatchObject({ active: '@other', drafts: { '@general': 'half a' } });
  });

  it('goes where the address leads, entering the channel if need be', async () => {
    stage = new ClientStage(storage());
    stage.client.start({ channel: '@new', seq: null });
    await settle();
    expect(stage.state.active).toBe('@new');
    expect(stage.calls).toContainEqual(['Join', '@new']);
  });

  it('says so if the server does not know it any more, and keeps the drafts', async () => {
    stage = new ClientStage(storage());
    stage.refused = true;
    stage.client.start(null);
    await settle();
    expect(stage.state).toMatchObject({
      session: null, signIn: { ended: { cause: 'expired' }, username: 'Ada', channel: '@other' }, drafts: { '@general': 'half a' },
    });
    expect(stage.saved.session.load()).toBeNull();
  });

  it('says so if its time is over, without asking', () => {
    const kept = storage();
    new SavedState(kept).session.save({
      token: 'old', sessionId: 'ada', username: 'Ada', expiresAt: new Date(Date.now() - 1).toISOString(), maxTextLength: 1, nativeLineBytes: 1, nativePort: 1, editSeconds: 1, pageVersion: 'v1',
    });
    stage = new ClientStage(kept);
    stage.client.start(null);
    expect(stage.tokens).toEqual([]);
    expect(stage.state.signIn).toMatchObject({ ended: { cause: 'expired' }, username: 'Ada' });
  });
});

describe('what the server tells', () => {
  beforeEach(async () => {
    await stage.enter();
  });

  it('goes into the channel it is about, whatever the letter case', async () => {
    await stage.receive('MessagePosted', aMessage(4, { channel: '@GENERAL', authorId: 'bob' }));
    await stage.receive('MemberJoined', '@General', aMember('bob'));
    await stage.receive('Notice', { channel: '@General', text: 'A word.' });
    await stage.receive('ReadMarker', '@General', 2);
    expect(seqs(stage.channel().messages)).toEqual([1, 2, 3, 4]);
    expect(stage.channel()).toMatchObject({ members: [{ id: 'bob' }], notices: [{ text: 'A word.' }] });
  });

  it('is passed over where this page does not know it', async () => {
    await stage.receive('SomethingNew' as keyof ChatEvents, ...([] as unknown as Parameters<ChatEvents[keyof ChatEvents]>));
    expect(stage.state.connection.phase).toBe('online');
  });

  it('ends the session, or the stay in a channel', async () => {
    await stage.receive('ChannelLeft', '@General');
    expect(stage.state.channels.size).toBe(0);
    await stage.receive('SessionEnded', 'Disconnected by an administrator.');
    expect(stage.state).toMatchObject({ session: null, signIn: { ended: { cause: 'server', text: 'Disconnected by an administrator.' } } });
  });

  it('about what was read comes back to it as the reader goes on', async () => {
    await stage.receive('MessagePosted', aMessage(4, { authorId: 'bob' }));
    expect(stage.calls).toContainEqual(['MarkRead', '@General', 4]);
  });
});

describe('sending', () => {
  beforeEach(async () => {
    await stage.enter();
  });

  it('shows the message once, confirmed, whichever of answer and event comes first', async () => {
    let sentAs = '';
    stage.answer = async (_, args) => {
      sentAs = String(args[2]);
      return aMessage(4, { text: 'hello', clientMessageId: sentAs });
    };
    stage.client.send(key, 'hello');
    await settle();
    await stage.receive('MessagePosted', aMessage(4, { text: 'hello', clientMessageId: sentAs }));
    expect(stage.channel().messages.filter(({ text }) => text === 'hello')).toHaveLength(1);
    expect(stage.state.pending).toEqual([]);
  });

  it('repeats under the same id when no answer comes', async () => {
    stage.answer = (method) => (method === 'Send' ? new Promise(() => undefined) : Promise.resolve(aSnapshot(aRange(1, 3))));
    stage.client.send(key, 'hello');
    await vi.advanceTimersByTimeAsync(20_000 + 800);
    const sends = stage.calls.filter(([method]) => method === 'Send');
    expect(sends).toHaveLength(2);
    expect(sends[0]).toEqual(sends[1]);
  });

  it('is confirmed by a snapshot after a loss', async () => {
    let sentAs = '';
    stage.answer = (_, args) => {
      sentAs = String(args[2]);
      return Promise.reject(new ChatError('unreachable'));
    };
    stage.client.send(key, 'hello');
    await settle();
    stage.lose();
    stage.answer = async () => aSnapshot([aMessage(4, { text: 'hello', clientMessageId: sentAs })]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(stage.state.pending).toEqual([]);
    expect(seqs(stage.channel().messages)).toEqual([1, 2, 3, 4]);
  });
});

describe('the tabs', () => {
  beforeEach(async () => {
    await stage.enter();
  });

  it('enter together what one of them enters', async () => {
    stage.client.show('@new');
    expect(stage.told).toContainEqual({ type: 'entered', sessionId: 'ada', name: '@new' });
    await stage.hear({ type: 'entered', sessionId: 'ada', name: '@third' });
    await stage.hear({ type: 'entered', sessionId: 'another', name: '@fourth' });
    expect([...stage.state.channels.keys()]).toEqual([key, '@new', '@third']);
    expect(stage.state.active).toBe('@new');
  });

  it('share their drafts, but for the one being written', async () => {
    stage.client.saveDraft(key, 'mine');
    stage.saved.drafts.save({ [key]: 'theirs', '@other': 'half a' });
    stage.client.savedElsewhere('drafts');
    expect(stage.state.drafts).toEqual({ [key]: 'mine', '@other': 'half a' });
    const { state } = stage;
    stage.client.savedElsewhere('drafts');
    expect(stage.state).toBe(state);
    stage.saved.drafts.save({});
    stage.client.savedElsewhere('drafts');
    expect(stage.state.drafts).toEqual({ [key]: 'mine' });
  });

  it('do not take away what another one is writing in the channel that both show', async () => {
    stage.saved.drafts.save({ [key]: 'theirs' });
    stage.client.savedElsewhere('drafts');
    expect(stage.state.drafts).toEqual({});
    stage.client.saveDraft('@other', 'half a');
    stage.client.leave();
    expect(stage.saved.drafts.load()).toEqual({ [key]: 'theirs', '@other': 'half a' });
  });

  it('keep what was written a moment before another one saved', async () => {
    stage.client.saveDraft('@other', 'half a');
    stage.saved.drafts.save({ '@third': 'theirs' });
    stage.client.savedElsewhere('drafts');
    expect(stage.state.drafts).toEqual({ '@other': 'half a', '@third': 'theirs' });
    expect(stage.saved.drafts.load()).toEqual({ '@other': 'half a', '@third': 'theirs' });
  });

  it('sign out together', async () => {
    stage.saved.session.save(null);
    stage.client.savedElsewhere('session');
    expect(stage.state).toMatchObject({ session: null, signIn: { ended: { cause: 'elsewhere' } } });
  });

  it('take up a session that one of them began', async () => {
    stage.saved.session.save({ token: 't2', sessionId: 'eve', username: 'Eve', expiresAt: inAnHour(), maxTextLength: 1, nativeLineBytes: 1, nativePort: 1, editSeconds: 1, pageVersion: 'v1' });
    stage.client.savedElsewhere('session');
    await settle();
    expect(stage.tokens).toEqual(['t1', 't2']);
    expect(stage.state.session?.username).toBe('Eve');
    // Nothing of the one before.
    expect(stage.state.channels.size).toBe(0);
  });

  it('leave the session alone that another one began while this one slept', async () => {
    const eve = { token: 't2', sessionId: 'eve', username: 'Eve', expiresAt: inAnHour(), maxTextLength: 1, nativeLineBytes: 1, nativePort: 1, editSeconds: 1, pageVersion: 'v1' };
    stage.saved.session.save(eve);
    await stage.receive('SessionEnded', 'You signed out.');
    expect(stage.saved.session.load()).toEqual(eve);
  });

  it('keep drafts for their writer alone', async () => {
    stage.client.saveDraft(key, 'of Ada');
    stage.client.save();
    stage.saved.session.save(null);
    stage.client.savedElsewhere('session');
    // What the field that goes away keeps.
    stage.client.saveDraft(key, 'of Ada, more');
    stage.signIn.mockResolvedValue({ ...(await stage.signIn()), token: 't2', sessionId: 'eve', username: 'Eve' });
    await stage.client.signIn('Eve', key);
    await settle();
    expect(stage.state.drafts).toEqual({});
    stage.client.leave();
    expect(stage.saved.drafts.load()).toEqual({});
  });

  it('keep nothing of who signed out', async () => {
    stage.client.saveDraft(key, 'of Ada');
    await stage.client.signOut();
    stage.client.saveDraft(key, 'of Ada');
    expect(stage.state.drafts).toEqual({});
  });
});

describe('leaving', () => {
  it('keeps channels and drafts for a reload, at once', async () => {
    await stage.enter();
    stage.client.saveDraft(key, 'half a');
    stage.client.leave();
    expect(stage.saved.drafts.load()).toEqual({ [key]: 'half a' });
    expect(stage.saved.places.load()).toEqual({ username: 'Ada', channels: [{ name: '@General' }], active: key });
  });

  it('for good tells the server and forgets everything', async () => {
    await stage.enter();
    stage.client.saveDraft(key, 'half a');
    await stage.client.signOut();
    expect(stage.calls.at(-1)).toEqual(['SignOut']);
    expect(stage.state).toMatchObject({ session: null, drafts: {}, signIn: { ended: null } });
    await vi.advanceTimersByTimeAsync(1_000);
    expect([stage.saved.session.load(), stage.saved.places.load(), stage.saved.drafts.load()]).toEqual([null, null, null]);
  });
});
