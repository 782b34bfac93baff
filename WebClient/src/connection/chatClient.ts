import {
  activated, attentionChanged, channelEvent, channelsListed, connectionLost, placesMerged, placesOf, viewMoved,
} from '../state/channels';
import { channelKey, initialState, type ChannelKey, type ChatState, type Session, type SessionEnd } from '../state/chatState';
import { noticeArrived, noticeDismissed } from '../state/notices';
import { connectionChanged, draftChanged, outboxChanged, sessionOf, signedIn, signedOut, signingIn, signInFailed } from '../state/session';
import { Store } from '../state/store';
import { ChannelSync } from './channelSync';
import { ChatError } from './chatError';
import { Connector, type ConnectorOptions } from './connector';
import type { ChatEvents, Message, NativePreview, SignInResponse } from './contract';
import type { HubLink } from './hub';
import { Outbox } from './outbox';
import type { OutboxStore } from './outboxStore';
import type { Lock } from './platform';
import type { SavedPart, SavedState } from './savedState';
import type { Tabs } from './tabs';

export interface ChatClientOptions extends ConnectorOptions {
  readonly signIn: (username: string) => Promise<SignInResponse>;
  readonly saved: SavedState;
  readonly outbox: Promise<OutboxStore>;
  readonly lock: Lock;
  readonly tabs: Tabs;
}

/** A send without an answer for so long is repeated, under the same id. */
const sendTimeout = 20_000;
const saveDelay = 300;

/** The chat as the page uses it: what its user may do, and a state that follows. */
export class ChatClient {
  readonly store = new Store<ChatState>(initialState);
  readonly sync: ChannelSync;
  readonly outbox: Outbox;
  readonly #connector: Connector;
  #link: HubLink | null = null;
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: ChatClientOptions) {
    const { store } = this;
    this.sync = new ChannelSync(store, (key, snapshot) => {
      for (const message of snapshot.messages) this.#confirm(message);
      this.outbox.drain(key);
    });
    this.outbox = new Outbox({
      store: options.outbox,
      lock: options.lock,
      send: (entry) => this.#send(entry.channel, entry.text, entry.id),
      isReady: (key) => this.sync.isLive(key),
      changed: (entries, sending) => store.update((state) => outboxChanged(state, entries, sending)),
      delivered: (entry, message) => store.update((state) => channelEvent(state, entry.channel, { type: 'posted', message })),
      announce: () => options.tabs.tell({ type: 'outbox' }),
    });
    const events = this.#events();
    this.#connector = new Connector(
      options,
      {
        status: (status) => store.update((state) => connectionChanged(state, status)),
        opened: (link) => {
          this.#link = link;
          this.sync.attach(link);
        },
        lost: () => this.#detach(),
        refused: () => this.#end({ cause: 'expired', text: '' }),
        // A server newer than this page may have events that it does not know.
        received: (event, ...args) => (events[event] as ((...args: unknown[]) => void) | undefined)?.(...args),
      },
    );
    options.tabs.listen((word) => {
      if (word.type === 'outbox') void this.#outboxChangedElsewhere();
      else if (store.state.session?.sessionId === word.sessionId) this.sync.enter(word.name);
    });
  }

  /** Takes up the session an earlier page left, at the channel the address names. */
  start(channelName: string | null): void {
    this.store.update((state) => ({ ...state, drafts: this.options.saved.drafts.load() ?? {} }));
    const session = this.options.saved.session.load();
    if (session && Date.parse(session.expiresAt) > Date.now()) {
      this.#begin(session, channelName, true);
    } else {
      if (session) this.#end({ cause: 'expired', text: '' });
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
    this.#link = null;
    this.sync.detach();
    // Without an answer the session ends by itself, a few minutes after its last connection.
    const ended = link?.call('SignOut').catch(() => undefined);
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 2_000))]);
    this.#end(null);
  }

  /** Goes to a channel, entering it if need be. */
  show(channelName: string): void {
    const key = channelKey(channelName);
    const isNew = !this.store.state.channels.has(key);
    this.sync.enter(channelName);
    this.store.update((state) => activated(state, key));
    const sessionId = this.store.state.session?.sessionId;
    if (isNew && sessionId !== undefined) this.options.tabs.tell({ type: 'entered', sessionId, name: channelName });
  }

  previewNative(text: string): Promise<NativePreview> {
    return this.#link ? this.#link.call('PreviewNative', text) : Promise.reject(new ChatError('unreachable'));
  }

  saveDraft(key: ChannelKey, text: string): void {
    this.store.update((state) => draftChanged(state, key, text));
  }

  viewMoved(key: ChannelKey, atEnd: boolean): void {
    this.store.update((state) => viewMoved(state, key, atEnd));
  }

  attentionChanged(attentive: boolean): void {
    this.store.update((state) => attentionChanged(state, attentive));
    if (attentive) this.reconnect();
  }

  dismissNotice(text: string): void {
    this.store.update((state) => noticeDismissed(state, text));
  }

  /** Ends the wait for the next attempt. */
  reconnect(): void {
    this.#connector.wake();
  }

  /** Another tab changed what is saved. */
  savedElsewhere(part: SavedPart): void {
    const { saved } = this.options;
    const current = this.store.state.session;
    if (part === 'session') {
      const session = saved.session.load();
      if (session === null && current) this.#end({ cause: 'elsewhere', text: '' });
      else if (session && session.token !== current?.token) this.#begin(session, null, true);
    } else if (part === 'places') {
      const places = saved.places.load();
      if (places && current) this.store.update((state) => placesMerged(state, places.channels));
    }
  }

  /** Saves what a reload is to find. Also called when the page goes away, since nothing later is certain to run. */
  save(): void {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    const { state } = this.store;
    if (!state.session) return;
    this.options.saved.drafts.save(state.drafts);
    this.options.saved.places.save({ username: state.session.username, channels: placesOf(state), active: state.active });
  }

  #begin(session: Session, channelName: string | null, resumed: boolean): void {
    const saved = this.options.saved.places.load();
    const places = saved?.username.toLowerCase() === session.username.toLowerCase() ? saved : null;
    const channels = places?.channels ?? [];
    this.sync.begin(resumed ? channels.map((place) => channelKey(place.name)) : []);
    this.store.update((state) => {
      const listed = channelsListed(signedIn(state, session), channels);
      const first = channelName ?? places?.active ?? [...listed.channels.keys()][0];
      if (first === undefined) return listed;
      const key = channelKey(first);
      return activated(listed.channels.has(key) ? listed : channelsListed(listed, [{ name: first, incarnation: null, readSeq: 0 }]), key);
    });
    this.#connector.start(session.token);
    void this.outbox.open(session).then(() => this.#drainAll());
  }

  #end(end: SessionEnd | null): void {
    this.#connector.stop();
    this.#detach();
    this.store.update((state) => signedOut(state, end));
    if (end === null) {
      this.options.saved.clear();
      void this.outbox.clear();
    } else if (end.cause !== 'elsewhere') {
      this.options.saved.session.save(null);
    }
  }

  #detach(): void {
    this.#link = null;
    this.sync.detach();
    this.store.update(connectionLost);
  }

  async #send(channel: ChannelKey, text: string, id: string): Promise<Message> {
    if (!this.#link) throw new ChatError('unreachable');
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new ChatError('unreachable')), sendTimeout);
    });
    return Promise.race([this.#link.call('Send', channel, text, id), silence]).finally(() => clearTimeout(timer));
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

  #events(): ChatEvents {
    const { store, sync } = this;
    const about = (channel: string, event: Parameters<typeof channelEvent>[2]): void =>
      store.update((state) => channelEvent(state, channelKey(channel), event));
    return {
      MessagePosted: (message) => {
        about(message.channel, { type: 'posted', message });
        this.#confirm(message);
      },
      MemberJoined: (channel, member) => about(channel, { type: 'joined', member }),
      MemberLeft: (channel, memberId) => about(channel, { type: 'left', memberId }),
      MemberChanged: (channel, member) => about(channel, { type: 'changed', member }),
      Notice: (notice) => store.update((state) => noticeArrived(state, notice.channel, notice.text)),
      ChannelLeft: (channel) => sync.dropped(channelKey(channel)),
      SessionEnded: (reason) => this.#end({ cause: 'server', text: reason }),
      ServerRestarting: (seconds) => this.#connector.serverRestarting(seconds),
    };
  }
}
