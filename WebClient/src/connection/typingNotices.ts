import type { ChannelKey, ChatState } from '../state/chatState';
import type { Store } from '../state/store';
import { typingBegan, typingEnded } from '../state/typing';
import type { HubLink } from './hub';

/** The server is told at most this often that the user is typing in a channel, in milliseconds. */
const tellEvery = 3_000;
/** So long after the last word of it somebody is taken to have stopped, in milliseconds. */
const lasts = 5_000;

/** Who is typing: told to others, and shown until it is over. */
export class TypingNotices {
  #link: HubLink | null = null;
  readonly #told = new Map<ChannelKey, number>();
  readonly #ends = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(private readonly store: Store<ChatState>) {}

  attach(link: HubLink): void {
    this.#link = link;
  }

  detach(): void {
    this.#link = null;
    this.#told.clear();
  }

  /** The user typed in a channel. */
  typed(key: ChannelKey): void {
    const channel = this.store.state.channels.get(key);
    const now = Date.now();
    if (!this.#link || channel?.phase !== 'live' || now - (this.#told.get(key) ?? -Infinity) < tellEvery) return;
    this.#told.set(key, now);
    // Nobody misses it.
    this.#link.call('Typing', channel.name).catch(() => undefined);
  }

  /** The user's message is sent: typing the next one is news again. */
  sent(key: ChannelKey): void {
    this.#told.delete(key);
  }

  received(key: ChannelKey, memberId: string): void {
    const id = `${key} ${memberId}`;
    clearTimeout(this.#ends.get(id));
    this.#ends.set(id, setTimeout(() => {
      this.#ends.delete(id);
      this.store.update((state) => typingEnded(state, key, memberId));
    }, lasts));
    this.store.update((state) => typingBegan(state, key, memberId));
  }
}
