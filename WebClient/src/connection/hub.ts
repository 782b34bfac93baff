import type { ChatEvents, ChatHub } from './contract';

/** An open connection to the hub. Its calls throw {@link ChatError}s. */
export interface HubLink {
  call<M extends keyof ChatHub>(method: M, ...args: Parameters<ChatHub[M]>): ReturnType<ChatHub[M]>;
  close(): void;
}

/** What a connection tells its owner: the server's events, and once that it is gone. */
export interface HubListener {
  received<E extends keyof ChatEvents>(event: E, ...args: Parameters<ChatEvents[E]>): void;
  closed(): void;
}

export type OpenHub = (token: string, listener: HubListener) => Promise<HubLink>;
