import type { ChatEvents, ChatHub } from './contract';
import { HubConnection } from './hubConnection';

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

/** Opens the hub over a WebSocket at once, without SignalR's round trip to negotiate a transport. */
export const openHub: OpenHub = async (token, listener) => {
  const address = new URL(`/hub?access_token=${encodeURIComponent(token)}`, location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  // The one place where what the server sent gets its types: the contract says that these arguments belong to that event.
  const received = listener.received as (event: string, ...args: readonly unknown[]) => void;
  const connection = new HubConnection(new WebSocket(address), {
    received: (target, args) => received(target, ...args),
    closed: () => listener.closed(),
  });
  await connection.open();
  return {
    call: ((method: string, ...args: readonly unknown[]) => connection.call(method, args)) as HubLink['call'],
    close: () => connection.close(),
  };
};

/**
 * Asks why the hub did not open: a browser is not told the status of a refused WebSocket, but SignalR's negotiation answers the same
 * token with the same status.
 */
export async function isRefused(token: string): Promise<boolean> {
  try {
    const address = `/hub/negotiate?negotiateVersion=1&access_token=${encodeURIComponent(token)}`;
    const response = await fetch(address, { method: 'POST', signal: AbortSignal.timeout(10_000) });
    return response.status === 401;
  } catch {
    return false;
  }
}
