import { vi } from 'vitest';
import { ChannelSync } from '../connection/channelSync';
import { initialState, type Channel, type ChatState } from '../state/chatState';
import { Store } from '../state/store';
import { aRange, aSnapshot } from './builders';
import { aLink } from './link';

export const key = '@general';

/** Channels whose server the test is. */
export class SyncStage {
  readonly store = new Store<ChatState>(initialState);
  readonly entered = vi.fn();
  readonly sync = new ChannelSync(this.store, this.entered, () => this.frame());
  /** The next frame: at once, unless the test holds it. */
  frame = async (): Promise<void> => undefined;
  readonly calls: (readonly unknown[])[] = [];
  answer: (method: string, args: readonly unknown[]) => Promise<unknown> = async () => aSnapshot(aRange(1, 3));

  /** A connection, new each time; what is asked over it is noted. */
  async connect(): Promise<void> {
    this.sync.attach(aLink((method, args) => {
      this.calls.push([method, ...args]);
      return this.answer(method, args);
    }));
    await settle();
  }

  async enter(name = key): Promise<void> {
    this.sync.enter(name);
    await settle();
  }

  get channel(): Channel | undefined {
    return this.store.state.channels.get(key);
  }
}

export const settle = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(0));
