import { activated, channelEvent, channelsListed, connectionLost, placesOf } from '../state/channels';
import { channelKey, initialState, type ChannelKey, type ChatState, type Goal, type Session, type SessionEnd } from '../state/chatState';
import { goalLeft, missingDismissed, wentTo } from '../state/goals';
import { kickArrived, kickDismissed } from '../state/moderation';
import { noticeArrived, noticeDismissed } from '../state/notices';
import { attentionChanged, viewMoved } from '../state/reading';
import type { Route } from '../state/route';
import { connectionChanged, draftChanged, draftsTaken, outboxChanged, sessionOf, signedIn, signedOut, signingIn, signInFailed } from '../state/session';
import { Store } from '../state/store';
import type { CacheStore } from './cacheStore';
import { ChannelCache } from './channelCache';
import { ChannelSync } from './channelSync';
import { ChatError } from './chatError';
import { Connector, type ConnectorOptions } from './connector';
import type { ChatEvents, MemberProfile, Message, NativePreview, SearchPage, SignInResponse } from './contract';
import type { HubLink } from './hub';
import { Moderation } from './moderation';
import { Outbox } from './outbox';
import type { OutboxStore } from './outboxStore';
import type { Outgoing } from './outgoing';
import type { Lock } from './platform';
import { ReadMarks } from './readMarks';
import { Revisions } from './revisions';
import type { Drafts, SavedPart, SavedState } from './savedState';
import { sendEntry } from './sendEntry';
import { serverEvents } from './serverEvents';
import type { Tabs } from './tabs';
import { TypingNotices } from './typingNotices';

export interface ChatClientOptions extends ConnectorOptions {
  readonly signIn: (username: string) => Promise<SignInResponse>;
  readonly saved: SavedState;
  readonly outbox: Promise<OutboxStore>;
  readonly outgoing: Outgoing;
  readonly cache: CacheStore;
  readonly lock: Lock;
  readonly tabs: Tabs;
  /** A message came just now, as opposed to one that was missed. */
  readonly arrived?: (message: Message) => void;
}

const saveDelay = 300;

/** The chat as the page uses it: what its user may do, and a state that follows. */
export class ChatClient {
  readonly store = new Store<ChatState>(initialState);
  readonly sync: ChannelSync;
  readonly outbox: Outbox;
  readonly marks: ReadMarks;
  readonly revisions: Revisions;
  readonly typing: TypingNotices;
  readonly moderation: Moderation;
  readonly #cache: ChannelCache;
  readonly #connector: Connector;
  #link: HubLink | null = null;
  #saving: ReturnType<typeof setTimeout> | undefined;
  /** The drafts as this page last read or wrote them: only what it changed since is its own to write. */
  #knownDrafts: Drafts = {};
  /** Where the address led before there was a session. */
  #wanted: Route | null = null;

  constructor(private readonly options: ChatClientOptions) {
    const { store } = this;
    this.sync = new ChannelSync(store, (key, snapshot) => {
      for (const message of snapshot.messages) this.#confirm(message);
      this.outbox.drain(key);
    });
    this.marks = new ReadMarks(store);
    this.revisions = new Revisions(store);
    this.typing = new TypingNotices(store);
    this.moderation = new Moderation(store);
    this.#cache = new ChannelCache(store, options.cache);
    this.outbox = new Outbox({
      store: options.outbox,
      outgoing: options.outgoing,
      lock: options.lock,
      send: (entry) => this.#link ? sendEntry(this.#link, entry) : Promise.reject(new ChatError('unreachable')),
      isReady: (key) => this.sync.isLive(key),
      changed: (entries, sending, waits) => store.update((state) => outboxChanged(state, entries, sending, waits)),
      delivered: (entry, message) => store.update((state) => channelEvent(state, entry.channel, { type: 'posted', message })),
      announce: () => options.tabs.tell({ type: 'outbox' }),
    });
    const events = serverEvents({
      store,
      typing: this.typing,
      confirm: (message) => {
        this.#confirm(message);
        options.arrived?.(message);
      },
      kicked: (kick) => {
        store.update((state) => kickArrived(state, kick));
        this.sync.dropped(channelKey(kick.channel));
      },
      dropped: (channel) => this.sync.dropped(channelKey(channel)),
      ended: (reason) => this.#end({ cause: 'server', text: reason }),
      restarting: (seconds) => this.#connector.serverRestarting(seconds),
    });
    this.#connector = new Connector(
      options,
      {
        status: (status) => store.update((state) => connectionChanged(state, status)),
        opened: (link) => {
          this.#link = link;
          for (const part of this.#parts) part.attach(link);
        },
        lost: () => this.#detach(),
        refused: () => this.#end({ cause: 'expired', text: '' }),
        // A server newer than this page may have events that it does not know.
        received: (event, ...args) => ((events as Partial<ChatEvents>)[event] as ((...args: unknown[]) => void) | undefined)?.(...args),
      },
    );
    options.tabs.listen((word) => {
      if (word.type === 'outbox') void this.#outboxChangedElsewhere();
      else if (store.state.session?.sessionId === word.sessionId) this.sync.enter(word.name);
    });
  }

  /** Takes up the session an earlier page left, at the place the address names. */
  start(route: Route | null): void {
    this.#wanted = route;
    const channelName = route?.channel ?? null;
    this.#knownDrafts = this.options.saved.drafts.load() ?? {};
    this.store.update((state) => ({ ...state, drafts: this.#knownDrafts }));
    const session = this.options.saved.session.load();
    if (session && Date.parse(session.expiresAt) > Date.now()) {
      this.#begin(session, channelName, true);
    } else {
      if (session) this.#end({ cause: 'expired', text: '' }, session);
      else this.#cache.end();
      const username = session?.username ?? '';
      this.store.update((state) => ({ ...state, signIn: { ...state.signIn, username, channel: channelName ?? '' } }));
    }
    this.store.subscribe(() => {
      this.#saving ??= setTimeout(() => this.save(), saveDelay);
    });
  }

  async signIn(username: string, channelName: string): Promise<void> {
    this.store.update(signingIn);
    try {
      const session = sessionOf(await this.options.signIn(username));
      this.options.saved.session.save(session);
      this.#begin(session, channelName, false);
    } catch (error) {
      const problem = error instanceof ChatError ? error.problem : { code: 'server-fault' as const, detail: '' };
      this.store.update((state) => signInFailed(state, problem));
    }
  }

  /** Ends the session for all tabs. What could not be sent is dropped with it. */
  async signOut(): Promise<void> {
    const link = this.#link;
    this.#release();
    // Without an answer the session ends by itself, a few minutes after its last connection.
    const ended = link?.call('SignOut').catch(() => undefined);
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 2_000))]);
    this.#end(null);
  }

  /** Goes to a channel, entering it if need be, and to a message in it, or back to the one that was being read. */
  show(channelName: string, seq: number | null = null, reading: number | null = null): void {
    const key = channelKey(channelName);
    const isNew = !this.store.state.channels.has(key);
    this.sync.enter(channelName);
    // In one step: in between, the address would name a place where nobody goes.
    this.store.update((state) => wentTo(activated(state, key), key, seq, reading));
    this.sync.reachGoal();
    const sessionId = this.store.state.session?.sessionId;
    // A tab that opens at this moment hears nothing: it reads.
    if (isNew) this.save();
    if (isNew && sessionId !== undefined) this.options.tabs.tell({ type: 'entered', sessionId, name: channelName });
  }

  previewNative(text: string): Promise<NativePreview> {
    return this.#link ? this.#link.call('PreviewNative', text) : Promise.reject(new ChatError('unreachable'));
  }

  /** What else the server tells of somebody in a channel. */
  profile(channel: string, id: string): Promise<MemberProfile> {
    return this.#link ? this.#link.call('Profile', channel, id) : Promise.reject(new ChatError('unreachable'));
  }

  search(query: string, cursor: string | null, limit: number): Promise<SearchPage> {
    return this.#link ? this.#link.call('Search', query, cursor, limit) : Promise.reject(new ChatError('unreachable'));
  }

  /** Sends a message, and brings its author to the end, where it will be. */
  send(key: ChannelKey, text: string, replyTo: number | null = null): void {
    void this.outbox.add(key, text, replyTo);
    this.typing.sent(key);
    this.sync.goToEnd(key);
  }

  saveDraft(key: ChannelKey, text: string): void {
    const { session, signIn } = this.store.state;
    // The user signed out: the field that goes away has nothing more to keep.
    if (!session && signIn.ended === null) return;
    this.store.update((state) => draftChanged(state, key, text));
  }

  viewMoved(key: ChannelKey, atEnd: boolean): void {
    this.store.update((state) => viewMoved(state, key, atEnd));
  }

  /** The view has brought the reader there. */
  arrived(key: ChannelKey, goal: Goal): void {
    this.store.update((state) => goalLeft(state, key, goal));
  }

  dismissMissing(key: ChannelKey): void {
    this.store.update((state) => missingDismissed(state, key));
  }

  attentionChanged(attentive: boolean): void {
    this.store.update((state) => attentionChanged(state, attentive));
    if (attentive) this.reconnect();
  }

  dismissNotice(text: string): void {
    this.store.update((state) => noticeDismissed(state, text));
  }

  dismissKick(key: ChannelKey): void {
    this.store.update((state) => kickDismissed(state, key));
  }

  /** Answers the user in the conversation, where nobody else sees it. */
  tell(channel: string, text: string): void {
    this.store.update((state) => noticeArrived(state, channel, text, true));
  }

  /** Ends the wait for the next attempt. */
  reconnect(): void {
    this.#connector.wake();
  }

  /** Another tab changed what is saved. */
  savedElsewhere(part: SavedPart): void {
    if (part === 'drafts') this.#takeDrafts();
    if (part !== 'session') return;
    const session = this.options.saved.session.load();
    const current = this.store.state.session;
    if (session?.token === current?.token) return;
    // A tab that was asleep may hear of an end and of what began after it in one.
    if (current) this.#end({ cause: 'elsewhere', text: '' });
    if (session) this.#begin(session, null, true);
  }

  /** The page goes away: nothing later is certain to run. */
  leave(): void {
    this.marks.flush();
    this.#cache.save();
    this.save();
  }

  /** Saves what a reload is to find. */
  save(): void {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    const { state } = this.store;
    if (!state.session) return;
    this.#saveDrafts();
    this.options.saved.places.save({ username: state.session.username, channels: placesOf(state), active: state.active });
  }

  #saveDrafts(): void {
    const { drafts } = this.store.state;
    const known = this.#knownDrafts;
    const stored = { ...this.options.saved.drafts.load() };
    for (const key of new Set([...Object.keys(known), ...Object.keys(drafts)])) {
      const text = drafts[key];
      if (text === known[key]) continue;
      if (text === undefined) delete stored[key];
      else stored[key] = text;
    }
    this.#knownDrafts = drafts;
    this.options.saved.drafts.save(stored);
  }

  #takeDrafts(): void {
    if (!this.store.state.session) return;
    // What was written here a moment ago is not in what the other tab read.
    this.#saveDrafts();
    this.store.update((state) => draftsTaken(state, this.options.saved.drafts.load() ?? {}));
    this.#knownDrafts = this.store.state.drafts;
  }

  #begin(session: Session, channelName: string | null, resumed: boolean): void {
    const saved = this.options.saved.places.load();
    const places = saved?.username.toLowerCase() === session.username.toLowerCase() ? saved : null;
    const channels = places?.channels ?? [];
    this.sync.begin(resumed ? channels.map((place) => channelKey(place.name)) : []);
    this.store.update((state) => {
      // Drafts wait for the user who wrote them, and for nobody else.
      const writer = (state.signIn.username || (saved?.username ?? '')).toLowerCase();
      const drafts = writer === '' || writer === session.username.toLowerCase() ? state.drafts : {};
      const listed = channelsListed(signedIn({ ...state, drafts }, session), channels);
      const first = channelName ?? places?.active ?? [...listed.channels.keys()][0];
      if (first === undefined) return listed;
      const key = channelKey(first);
      const shown = activated(channelsListed(listed, [{ name: first }]), key);
      const seq = channelKey(this.#wanted?.channel ?? '') === key ? (this.#wanted?.seq ?? null) : null;
      return wentTo(shown, key, seq);
    });
    this.#wanted = null;
    this.#cache.begin(session.sessionId);
    this.#connector.start(session.token);
    void this.outbox.open(session).then(() => {
      // The log may have been shown before the outbox was read.
      for (const { messages } of this.store.state.channels.values()) for (const message of messages) this.#confirm(message);
      this.#drainAll();
    });
  }

  #end(end: SessionEnd | null, ended = this.store.state.session): void {
    this.#connector.stop();
    this.#cache.end();
    this.#detach();
    this.store.update((state) => signedOut(state, end));
    if (end === null) {
      this.#knownDrafts = {};
      this.options.saved.clear();
      void this.outbox.clear();
    } else if (this.options.saved.session.load()?.token === ended?.token) {
      // Otherwise another tab has begun a new one already.
      this.options.saved.session.save(null);
    }
  }

  #detach(): void {
    this.#release();
    this.store.update(connectionLost);
  }

  #release(): void {
    this.#link = null;
    for (const part of this.#parts) part.detach();
  }

  /** Whatever talks to the server. */
  get #parts(): readonly [ChannelSync, ReadMarks, Revisions, TypingNotices, Moderation] {
    return [this.sync, this.marks, this.revisions, this.typing, this.moderation];
  }

  async #outboxChangedElsewhere(): Promise<void> {
    await this.outbox.refresh();
    this.#drainAll();
  }

  #drainAll(): void {
    for (const key of this.store.state.channels.keys()) this.outbox.drain(key);
  }

  #confirm(message: Message): void {
    if (message.clientMessageId !== undefined) void this.outbox.remove(message.clientMessageId);
  }
}
