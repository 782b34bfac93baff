import { vi } from 'vitest';
import { ChatClient } from '../connection/chatClient';
import { contractVersion, type ChatEvents, type SignInResponse } from '../connection/contract';
import type { HubListener } from '../connection/hub';
import { MemoryOutboxStore } from '../connection/outboxStore';
import { Outgoing } from '../connection/outgoing';
import { SavedState } from '../connection/savedState';
import type { TabWord } from '../connection/tabs';
import type { Channel, ChatState } from '../state/chatState';
import { aRange, aSnapshot } from './builders';
import { MemoryCacheStore } from './cache';
import { aLink } from './link';
import { MemoryStorage } from './storage';

export const key = '@general';
export const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();
const anAnswer = (more: Partial<SignInResponse> = {}): SignInResponse => ({
  token: 't1', sessionId: 'ada', username: 'Ada', expiresAt: inAnHour(), maxTextLength: 4000, nativeLineBytes: 400, nativePort: 1,
  resumeSeconds: 60, editSeconds: 86400, pageVersion: 'v1', ...more,
});
export const settle = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(0));

/** A page with a server, other tabs and a storage that the test holds. */
export class ClientStage {
  readonly calls: (readonly unknown[])[] = [];
  readonly told: TabWord[] = [];
  readonly tokens: string[] = [];
  readonly saved: SavedState;
  readonly client: ChatClient;
  signIn = vi.fn(async () => anAnswer());
  refused = false;
  /** What the server says of its contract. */
  contract: readonly [number, number] = [contractVersion, contractVersion];
  answer: (method: string, args: readonly unknown[]) => Promise<unknown> = async (method, args) =>
    method === 'Join' || method === 'Resume' ? aSnapshot(aRange(1, 3), { channel: String(args[0]) }) : undefined;
  readonly cache = new MemoryCacheStore();
  #listener: HubListener | null = null;
  #heard: (word: TabWord) => void = () => undefined;

  constructor(storage: Storage = new MemoryStorage()) {
    this.saved = new SavedState(storage);
    this.client = new ChatClient({
      open: async (token, listener) => {
        this.tokens.push(token);
        if (this.refused) throw new Error('Refused.');
        this.#listener = listener;
        listener.received('Contract', this.contract[0], this.contract[1]);
        return aLink((method, args) => {
          this.calls.push([method, ...args]);
          return this.answer(method, args);
        });
      },
      isRefused: async () => this.refused,
      isOnline: () => true,
      random: () => 0.5,
      signIn: (username) => this.signIn.call(null, ...([username] as unknown as [])),
      saved: this.saved,
      outbox: Promise.resolve(new MemoryOutboxStore()),
      outgoing: new Outgoing(storage),
      cache: this.cache,
      lock: (_, work) => work(),
      tabs: { tell: (word) => this.told.push(word), listen: (heard) => (this.#heard = heard) },
    });
  }

  async enter(name = '@General'): Promise<void> {
    this.client.start(null);
    await this.client.signIn('Ada', name);
    await settle();
  }

  async receive<E extends keyof ChatEvents>(event: E, ...args: Parameters<ChatEvents[E]>): Promise<void> {
    this.#listener?.received(event, ...args);
    await settle();
  }

  async hear(word: TabWord): Promise<void> {
    this.#heard(word);
    await settle();
  }

  lose(): void {
    this.#listener?.closed();
  }

  get state(): ChatState {
    return this.client.store.state;
  }

  channel(of: string = key): Channel {
    const channel = this.state.channels.get(of);
    if (!channel) throw new Error(`${of} is not listed.`);
    return channel;
  }
}
