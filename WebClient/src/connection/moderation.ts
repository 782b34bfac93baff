import { type ChatState } from '../state/chatState';
import { imposed, imposedLapsed, operating } from '../state/moderation';
import type { Store } from '../state/store';
import { ChatError } from './chatError';
import type { ChatHub, RemovalReason, SanctionKind, SanctionRequest } from './contract';
import type { HubLink } from './hub';

/** How long a ban or a mute can be taken back with one press, in milliseconds. */
const undoTime = 10_000;

/** What operators do to members. Each call fails with the server's {@link ChatError}. */
export class Moderation {
  #link: HubLink | null = null;
  #lapsing: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly store: Store<ChatState>) {}

  attach(link: HubLink): void {
    this.#link = link;
  }

  detach(): void {
    this.#link = null;
  }

  /** Makes the user an operator. The key goes to the server and is kept nowhere. */
  async operate(key: string): Promise<void> {
    const scopes = await this.#call('Operate', key);
    this.store.update((state) => operating(state, scopes));
  }

  /** Nothing of it can be taken back, nor need it: whoever is put out may come back. */
  kick(channel: string, username: string, reason: string): Promise<void> {
    return this.#call('Kick', channel, username, reason);
  }

  /** Whom it would meet now. */
  preview(request: SanctionRequest): Promise<readonly string[]> {
    return this.#call('PreviewSanction', request);
  }

  /** Bans or mutes, at once; for a while it can be taken back. */
  async impose(request: SanctionRequest): Promise<void> {
    await this.#call('Impose', request);
    const { kind, username, channel } = request;
    this.store.update((state) => imposed(state, { kind, username, channel }));
    const id = this.store.state.imposed?.id ?? 0;
    clearTimeout(this.#lapsing);
    this.#lapsing = setTimeout(() => this.store.update((state) => imposedLapsed(state, id)), undoTime);
  }

  /** Takes back what was imposed last. */
  async undo(): Promise<void> {
    const last = this.store.state.imposed;
    if (!last) return;
    await this.lift(last.kind, last.username, last.channel);
    this.store.update((state) => imposedLapsed(state, last.id));
  }

  /** Says how many bans or mutes are lifted by it. */
  lift(kind: SanctionKind, username: string, channel: string | null): Promise<number> {
    return this.#call('Lift', kind, username, channel);
  }

  /** Why these messages were removed, as far as operators removed them. */
  reasons(channel: string, seqs: readonly number[]): Promise<readonly RemovalReason[]> {
    return this.#call('RemovalReasons', channel, seqs);
  }

  setTopic(channel: string, topic: string): Promise<void> {
    return this.#call('SetTopic', channel, topic);
  }

  #call<M extends keyof ChatHub>(method: M, ...args: Parameters<ChatHub[M]>): ReturnType<ChatHub[M]> {
    return (this.#link ? this.#link.call(method, ...args) : Promise.reject(new ChatError('unreachable'))) as ReturnType<ChatHub[M]>;
  }
}
