import { channelRemoved, channelsListed, entering, loadingChanged, pageArrived, refused, snapshotArrived } from '../state/channels';
import { channelKey, type Channel, type ChannelKey, type ChatState, type Goal } from '../state/chatState';
import { goalArrived, goalLeft, wanted } from '../state/goals';
import { changesArrived, revised } from '../state/revisions';
import type { Store } from '../state/store';
import { partsOf, type Asked } from '../state/timeline';
import { backoff } from './backoff';
import { isPassing, type ChatError } from './chatError';
import type { ChannelSnapshot, HistoryPage } from './contract';
import type { HubLink } from './hub';
import { nextFrame } from './platform';

/** Messages asked for at a time when the reader nears the end of what is held. */
const pageLength = 100;
/** So many of them are shown in one frame. Fewer cost a slow device more in all, more make it miss frames. */
const shownAtOnce = 8;
/** The most the server gives at a time, for closing a gap. */
export const longestPage = 200;
/** The end may move on while it is loaded: then it is asked for again, but not for ever. */
const goalAttempts = 4;

/** Brings the channels of the session in step with the server, and pages through their history. */
export class ChannelSync {
  #link: HubLink | null = null;
  /** Channels that this session has been in: they are resumed rather than joined. */
  #joined = new Set<ChannelKey>();
  /** Counts how often everything held was replaced: a page asked for before would stand beside something else. */
  #replacements = 0;

  constructor(
    private readonly store: Store<ChatState>,
    private readonly entered: (key: ChannelKey, snapshot: ChannelSnapshot) => void,
    private readonly frame: () => Promise<void> = nextFrame,
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
    this.store.update((state) => channelsListed(state, [{ name }]));
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
    this.reachGoal();
  }

  goToUnread(key: ChannelKey): void {
    this.store.update((state) => wanted(state, key, 'unread'));
    void this.#reach(key);
  }

  goToEnd(key: ChannelKey): void {
    this.store.update((state) => wanted(state, key, 'end'));
    void this.#reach(key);
  }

  /** Sees to it that the channel on the screen holds the place its reader is to be brought to. */
  reachGoal(): void {
    const { active } = this.store.state;
    if (active !== null) void this.#reach(active);
  }

  loadEarlier(key: ChannelKey): Promise<void> {
    return this.#load(key, 'before', pageLength, (channel) => channel.messages[0]?.seq ?? channel.lastSeq + 1);
  }

  loadLater(key: ChannelKey): Promise<void> {
    return this.#load(key, 'after', pageLength, (channel) => channel.messages.at(-1)?.seq ?? 0);
  }

  /** Fills the hole before a seq from its beginning (`after`) or from its end (`before`), as far as one page reaches. */
  loadGap(key: ChannelKey, beforeSeq: number, missing: number, side: Asked['side']): Promise<void> {
    return this.#load(key, side, Math.min(missing, longestPage), () => (side === 'before' ? beforeSeq : beforeSeq - missing - 1));
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
        void this.#reach(key);
        void this.#catchUp(link, key);
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

  async #load(key: ChannelKey, side: Asked['side'], limit: number, from: (channel: Channel) => number): Promise<void> {
    const channel = this.store.state.channels.get(key);
    const link = this.#link;
    // Whoever is on the way elsewhere leaves this place.
    if (!link || channel?.phase !== 'live' || channel.loading || channel.goal?.ready === false) return;
    const asked: Asked = { side, seq: from(channel), lastSeq: channel.lastSeq };
    const replacements = this.#replacements;
    this.store.update((state) => loadingChanged(state, key, true));
    try {
      const page = await link.call(side === 'before' ? 'History' : 'HistoryAfter', channel.name, asked.seq, limit);
      const parts = partsOf(page, side, shownAtOnce);
      for (const [i, part] of parts.entries()) {
        if (i > 0) await this.frame();
        const sameLife = this.store.state.channels.get(key)?.incarnation === channel.incarnation;
        // What changed since a connection was lost is asked for only as far as it is held.
        if (!sameLife || replacements !== this.#replacements || (i > 0 && link !== this.#link)) return;
        this.store.update((state) => pageArrived(state, key, part, asked, i === parts.length - 1));
      }
    } catch {
      // The button that asked for it is still there.
    } finally {
      this.store.update((state) => loadingChanged(state, key, false));
    }
  }

  /** Asks for what changed in messages while there was no connection, until it is answered. */
  async #catchUp(link: HubLink, key: ChannelKey): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const channel = this.store.state.channels.get(key);
      if (link !== this.#link || channel?.phase !== 'live' || channel.changesAfter === null) return;
      const { changesAfter } = channel;
      try {
        const { messages, rev, gap } = await link.call('Changes', channel.name, changesAfter);
        if (gap) await this.#reload(link, channel);
        if (link !== this.#link) return;
        this.store.update((state) => changesArrived(state, key, messages, rev));
        return;
      } catch (error) {
        const { code, retryAfterSeconds } = error as ChatError;
        if (!isPassing(code)) return;
        await new Promise((resolve) => setTimeout(resolve, Math.max((retryAfterSeconds ?? 0) * 1000, backoff(attempt))));
      }
    }
  }

  /** Brings what is held up to date, in its place. */
  async #reload(link: HubLink, { key, name, messages }: Channel): Promise<void> {
    const last = messages.at(-1)?.seq ?? 0;
    for (let after = (messages[0]?.seq ?? 1) - 1; after < last; ) {
      const page = await link.call('HistoryAfter', name, after, longestPage);
      this.store.update((state) => revised(state, key, page.messages));
      after = page.messages.at(-1)?.seq ?? last;
    }
  }

  /** Loads what surrounds the goal of a channel's reader, unless it is held. */
  async #reach(key: ChannelKey): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const channel = this.store.state.channels.get(key);
      if (!this.#link || channel?.phase !== 'live' || channel.goal === null || channel.goal.ready) return;
      const { goal } = channel;
      if (attempt > goalAttempts) return this.store.update((state) => goalLeft(state, key, goal));
      try {
        const page = await this.#around(this.#link, channel, goal);
        this.#replacements++;
        this.store.update((state) => goalArrived(state, key, page, goal, channel.lastSeq));
      } catch (error) {
        // Without a connection it is asked again when there is one.
        if ((error as ChatError).code === 'unreachable') return;
        this.store.update((state) => goalLeft(state, key, goal));
      }
    }
  }

  #around(link: HubLink, { name }: Channel, goal: Goal): Promise<HistoryPage> {
    return goal.kind === 'end'
      ? link.call('History', name, Number.MAX_SAFE_INTEGER, pageLength)
      : link.call('HistoryAround', name, goal.seq, pageLength);
  }
}
