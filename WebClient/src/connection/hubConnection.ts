import { ChatError, fromHubError } from './chatError';

/** What a connection needs of a WebSocket. */
export type Socket = Pick<WebSocket, 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose'>;

export interface HubConnectionListener {
  received(target: string, args: readonly unknown[]): void;
  closed(): void;
}

/** Ends each record of the protocol. */
const separator = '\x1e';
const handshake = { protocol: 'json', version: 1 };
const ping = { type: 6 };

/** Once the server has been silent for so long, twice its keep-alive interval, the connection counts as dead. */
const silenceTolerated = 30_000;
/** The server drops a client that is silent for 30 s; its own pings come every 15 s. */
const pingAfter = 10_000;

type HubRecord = Readonly<Record<string, unknown>>;

interface Call {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: ChatError) => void;
}

/**
 * One connection of SignalR's JSON hub protocol, version 1 (aspnetcore: src/SignalR/docs/specs/HubProtocol.md), as far as this page
 * uses it: calls with a result, events, pings. The official client is three times the size of the rest of the connection code.
 */
export class HubConnection {
  readonly #calls = new Map<string, Call>();
  #opening: Call | null = null;
  #isOpen = false;
  #isClosed = false;
  #rest = '';
  #lastCall = 0;
  #lastSent = 0;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly listener: HubConnectionListener,
  ) {}

  /** Resolves when the server has accepted the protocol. */
  open(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#opening = { resolve, reject };
      this.socket.onopen = () => this.#send(handshake);
      this.socket.onmessage = (event: MessageEvent<unknown>) => this.#receive(String(event.data));
      this.socket.onclose = () => this.#end();
      this.#hearSomething();
    });
  }

  call(target: string, args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (!this.#isOpen) return reject(new ChatError('unreachable'));
      const invocationId = String(++this.#lastCall);
      this.#calls.set(invocationId, { resolve, reject });
      this.#send({ type: 1, invocationId, target, arguments: args });
    });
  }

  close(): void {
    this.socket.close();
    this.#end();
  }

  #send(record: HubRecord): void {
    this.#lastSent = Date.now();
    this.socket.send(JSON.stringify(record) + separator);
  }

  #receive(data: string): void {
    this.#hearSomething();
    const records = (this.#rest + data).split(separator);
    this.#rest = records.pop() ?? '';
    for (const record of records) {
      if (this.#isClosed) return;
      this.#take(JSON.parse(record) as HubRecord);
    }
    // Pings go out when something comes in rather than by a timer, which browsers slow down to one a minute in hidden tabs.
    if (this.#isOpen && Date.now() - this.#lastSent > pingAfter) this.#send(ping);
  }

  #take(record: HubRecord): void {
    if (!this.#isOpen) {
      if (record['error'] !== undefined) return this.close();
      this.#isOpen = true;
      this.#opening?.resolve(undefined);
      return;
    }
    switch (record['type']) {
      case 1:
        this.listener.received(String(record['target']), record['arguments'] as readonly unknown[]);
        break;
      case 3:
        this.#complete(String(record['invocationId']), record);
        break;
      case 7:
        this.close();
        break;
    }
  }

  #complete(invocationId: string, record: HubRecord): void {
    const call = this.#calls.get(invocationId);
    this.#calls.delete(invocationId);
    if (record['error'] === undefined) call?.resolve(record['result']);
    else call?.reject(fromHubError(String(record['error'])));
  }

  #hearSomething(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.close(), silenceTolerated);
  }

  #end(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#silence);
    const wasOpen = this.#isOpen;
    this.#isOpen = false;
    const lost = new ChatError('unreachable');
    if (!wasOpen) this.#opening?.reject(lost);
    else this.listener.closed();
    for (const call of this.#calls.values()) call.reject(lost);
    this.#calls.clear();
  }
}
