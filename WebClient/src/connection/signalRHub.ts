import { HttpTransportType, HubConnectionBuilder, HubConnectionState, JsonHubProtocol, LogLevel } from '@microsoft/signalr';
import { ChatError, fromHubError } from './chatError';
import type { ChatEvents } from './contract';
import type { HubLink, OpenHub } from './hub';
import { wellFormed } from './wellFormed';

/** The server lets a client be silent for 35 s: two pings may be lost. It sends its own every 15 s. */
const keepAlive = 15_000;
const serverTimeout = 35_000;

/** A record, so that the compiler misses an event that is left out. */
const events: Readonly<Record<keyof ChatEvents, true>> = {
  Contract: true,
  MessagePosted: true,
  MessageChanged: true,
  MessagesRemoved: true,
  Typing: true,
  MemberJoined: true,
  MemberLeft: true,
  MemberChanged: true,
  Notice: true,
  Kicked: true,
  Muted: true,
  Operating: true,
  ChannelChanged: true,
  ChannelLeft: true,
  ReadMarker: true,
  SessionEnded: true,
  ServerRestarting: true,
};

/**
 * Opens the hub over a WebSocket at once: the server speaks no other transport, so there is nothing to negotiate. The library's own
 * reconnecting stays off, since {@link Connector} decides when to try again, and so does its log: an interruption is no error of the page.
 */
export const openHub: OpenHub = async (token, listener) => {
  const connection = new HubConnectionBuilder()
    .withUrl('/hub', {
      accessTokenFactory: () => token,
      skipNegotiation: true,
      transport: HttpTransportType.WebSockets,
      logger: LogLevel.None,
    })
    .withHubProtocol(new JsonHubProtocol())
    .configureLogging(LogLevel.None)
    .withKeepAliveInterval(keepAlive)
    .withServerTimeout(serverTimeout)
    .build();
  // The one place where what the server sent gets its types: the contract says that these arguments belong to that event.
  const received = listener.received as (event: string, ...args: readonly unknown[]) => void;
  // Before the start, since the server's first word may be that the session is over.
  for (const event of Object.keys(events)) connection.on(event, (...args: readonly unknown[]) => received(event, ...args));
  connection.onclose(() => listener.closed());
  await connection.start();

  const call = async (method: string, ...args: readonly unknown[]): Promise<unknown> => {
    try {
      return await connection.invoke(method, ...wellFormed(args));
    } catch (error) {
      // Without a connection the library has as many sentences as there are ways to lose it.
      if (connection.state !== HubConnectionState.Connected) throw new ChatError('unreachable');
      throw fromHubError(error instanceof Error ? error.message : '');
    }
  };
  return { call: call as HubLink['call'], close: () => void connection.stop() };
};
