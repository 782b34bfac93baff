import {
  channelRemoved, channelsListed, endArrived, entering, loadingChanged, pageArrived, refused, snapshotArrived,
} from '../state/channels';
import { channelKey, type Channel, type ChannelKey, type ChatState } from '../state/chatState';
import type { Store } from '../state/store';
import { backoff } from './backoff';
import { isPassing, type ChatError } from './chatError';
import type { ChannelSnapshot, HistoryPage } from './contract';
import type { HubLink } from './hub';

/** Messages asked for at a time when the reader nears the end of what is held. */
const pageLength = 100;
/** The most the server gives at a time, for closing a gap. */
const longestPage = 200;

/** Brings the channels of the session in step with the server, and pages through their history. */
export class ChannelSync {
  #link: HubLink | null = null;
  /** Channels that this session has been in: they are resumed rather than joined. */
  #joined = new Set<ChannelKey>();

  constructor(
    private readonly store: Store<ChatState>,
    private readonly entered: (key: ChannelKey, snapshot: ChannelSnapshot) => void,
  ) {}

  /** Begins a session that has been in these channels. */
  begin(joined: Iterable<ChannelKey>): void {
    this.#joined = new Set(joined);
  }

  /** The connection is open: every listed channel is entered, the one on the screen first. */
  attach(link: HubLink): void {
    this.#link = link;
    const { active, channels } = this.store.state;
    for (const key of [...channels.keys()].sort((a, b) => Number(b === active) - Number(a === active))) {
      void this.#synchronize(key);
    }
  }

  detach(): void {
    this.#link = null;
  }

  isLive(key: ChannelKey): boolean {
    return this.#link !== null && this.store.state.channels.get(key)?.phase === 'live';
  }

  /** Lists a channel and enters it, now or once the connection is open. */
  enter(name: string): void {
    const key = channelKey(name);
    const known = this.store.state.channels.get(key);
    if (known && known.phase !== 'refused') return;
    this.store.update((state) => channelsListed(state, [{ name, incarnation: null, readSeq: 0 }]));
    void this.#synchronize(key);
  }

  async leave(key: ChannelKey): Promise<void> {
    const name = this.store.state.channels.get(key)?.name;
    if (name === undefined) return;
    this.dropped(key);
    // A leave that does not get through is made up for when the session ends; the channel is not entered again.
    await this.#link?.call('Leave', name).catch(() => undefined);
  }

  /** The session is not in that channel any more. */
  dropped(key: ChannelKey): void {
    this.#joined.delete(key);
    this.store.update((state) => channelRemoved(state, key));
  }

  loadEarlier(key: ChannelKey): Promise<void> {
    return this.#load(key, pageLength, (channel) => channel.messages[0]?.seq ?? channel.lastSeq + 1, pageArrived);
  }

  loadLater(key: ChannelKey): Promise<void> {
    const behindNext = (channel: Channel): number =>
      Math.min((channel.messages.at(-1)?.seq ?? 0) + pageLength, channel.lastSeq) + 1;
    return this.#load(key, pageLength, behindNext, pageArrived);
  }

  /** Fills the hole before a seq, as far as one page reaches, in reading order. */
  loadGap(key: ChannelKey, beforeSeq: number, missing: number): Promise<void> {
    const length = Math.min(missing, longestPage);
    return this.#load(key, length, () => beforeSeq - missing + length, pageArrived);
  }

  loadEnd(key: ChannelKey): Promise<void> {
    return this.#load(key, pageLength, (channel) => channel.lastSeq + 1, endArrived);
  }

  async #synchronize(key: ChannelKey): Promise<void> {
    const link = this.#link;
    if (!link) return;
    this.store.update((state) => entering(state, key));
    for (let attempt = 1; ; attempt++) {
      const channel = this.store.state.channels.get(key);
      if (link !== this.#link || channel?.phase !== 'entering') return;
      try {
        const snapshot = await this.#ask(link, channel);
        if (link !== this.#link) return;
        this.#joined.add(key);
        this.store.update((state) => snapshotArrived(state, key, snapshot));
        this.entered(key, snapshot);
        return;
      } catch (error) {
        const { code, problem, retryAfterSeconds } = error as ChatError;
        if (link !== this.#link) return;
        if (!isPassing(code)) {
          this.store.update((state) => refused(state, key, problem));
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, Math.max((retryAfterSeconds ?? 0) * 1000, backoff(attempt))));
      }
    }
  }

  async #ask(link: HubLink, channel: Channel): Promise<ChannelSnapshot> {
    if (!this.#joined.has(channel.key)) return link.call('Join', channel.name);
    const afterSeq = channel.messages.length === 0 ? 0 : channel.lastSeq;
    const snapshot = await link.call('Resume', channel.name, afterSeq);
    // In a channel that was opened anew, "after" counted the messages of its former life: ask for its latest ones instead.
    return afterSeq > 0 && snapshot.incarnation !== channel.incarnation ? link.call('Join', channel.name) : snapshot;
  }

  async #load(
    key: ChannelKey,
    limit: number,
    before: (channel: Channel) => number,
    arrived: (state: ChatState, key: ChannelKey, page: HistoryPage) => ChatState,
  ): Promise<void> {
    const channel = this.store.state.channels.get(key);
    if (!this.#link || channel?.phase !== 'live' || channel.loading) return;
    this.store.update((state) => loadingChanged(state, key, true));
    try {
      const page = await this.#link.call('History', channel.name, before(channel), limit);
      const sameLife = this.store.state.channels.get(key)?.incarnation === channel.incarnation;
      if (sameLife) this.store.update((state) => arrived(state, key, page));
    } catch {
      // The button that asked for it is still there.
    } finally {
      this.store.update((state) => loadingChanged(state, key, false));
    }
  }
}
