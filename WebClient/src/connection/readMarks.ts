import type { ChannelKey, ChatState } from '../state/chatState';
import { markedRead, markedUnread, markerNoted, readUndone, undoLapsed } from '../state/reading';
import type { Store } from '../state/store';
import { isPassing, type ChatError } from './chatError';
import type { HubLink } from './hub';

/** A channel's marker is told at most this often, in milliseconds. */
const tellEvery = 1_000;
/** How long marking as read can be taken back, in milliseconds. */
const undoFor = 10_000;

/** Tells the server how far the user has read: what the state holds and the server has not noted yet. */
export class ReadMarks {
  #link: HubLink | null = null;
  /** Channels told of just now, until they may be told of again. */
  readonly #resting = new Map<ChannelKey, ReturnType<typeof setTimeout>>();
  readonly #asking = new Set<ChannelKey>();

  constructor(private readonly store: Store<ChatState>) {
    let active = store.state.active;
    let attentive = store.state.attentive;
    store.subscribe(() => {
      const { state } = store;
      // Whoever goes may not come back: nothing is left for later.
      if (state.active !== active || (attentive && !state.attentive)) this.flush();
      else this.#tellAll();
      ({ active, attentive } = state);
    });
  }

  attach(link: HubLink): void {
    this.#link = link;
    this.#tellAll();
  }

  detach(): void {
    this.#link = null;
    this.#asking.clear();
    for (const timer of this.#resting.values()) clearTimeout(timer);
    this.#resting.clear();
  }

  /** Tells what is still to be told, now. */
  flush(): void {
    for (const timer of this.#resting.values()) clearTimeout(timer);
    this.#resting.clear();
    this.#tellAll();
  }

  /** That message and all after it are unread again. */
  markUnread(key: ChannelKey, seq: number): void {
    this.flush();
    this.store.update((state) => markedUnread(state, key, seq));
  }

  markRead(key: ChannelKey): void {
    this.#mark([key]);
  }

  markAllRead(): void {
    this.#mark(this.store.state.channels.keys());
  }

  /** Takes back the last marking as read. */
  undo(): void {
    this.store.update(readUndone);
  }

  #mark(keys: Iterable<ChannelKey>): void {
    const before = this.store.state.undo;
    this.store.update((state) => markedRead(state, keys));
    const { undo } = this.store.state;
    if (undo && undo !== before) setTimeout(() => this.store.update((state) => undoLapsed(state, undo.id)), undoFor);
  }

  #tellAll(): void {
    if (!this.#link) return;
    for (const { key, phase, readSeq, notedSeq } of this.store.state.channels.values()) {
      if (phase === 'live' && readSeq !== notedSeq) void this.#tell(this.#link, key);
    }
  }

  async #tell(link: HubLink, key: ChannelKey): Promise<void> {
    const channel = this.store.state.channels.get(key);
    if (!channel || this.#resting.has(key) || this.#asking.has(key)) return;
    const { name, readSeq, notedSeq } = channel;
    this.#asking.add(key);
    this.#rest(key, tellEvery);
    let refusal: ChatError | null = null;
    try {
      await (readSeq > notedSeq ? link.call('MarkRead', name, readSeq) : link.call('MarkUnread', name, readSeq + 1));
    } catch (error) {
      refusal = error as ChatError;
    }
    if (link !== this.#link) return;
    this.#asking.delete(key);
    if (refusal && isPassing(refusal.code)) {
      this.#rest(key, Math.max(tellEvery, (refusal.retryAfterSeconds ?? 0) * 1000));
    } else {
      // What the server refuses for good is not told again.
      this.store.update((state) => markerNoted(state, key, notedSeq, readSeq));
      this.#tellAll();
    }
  }

  #rest(key: ChannelKey, milliseconds: number): void {
    clearTimeout(this.#resting.get(key));
    this.#resting.set(key, setTimeout(() => {
      this.#resting.delete(key);
      this.#tellAll();
    }, milliseconds));
  }
}
