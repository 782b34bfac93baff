import { describe, expect, it } from 'vitest';
import { ApiError } from './apiError';
import { ApiClient } from './client';
import { operations } from './operations';

interface Asked {
  readonly address: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A server that answers from a list, and remembers what it was asked. */
function serverOf(...answers: readonly (readonly [status: number, body?: unknown, headers?: Record<string, string>] | 'nothing')[]): { readonly fetch: typeof fetch; readonly asked: Asked[] } {
  const asked: Asked[] = [];
  const left = [...answers];
  const answer = async (address: string, init: RequestInit): Promise<Response> => {
    asked.push({ address, method: init.method ?? '', headers: new Headers(init.headers), body: init.body ? JSON.parse(String(init.body)) : undefined });
    const next = left.shift() ?? 'nothing';
    if (next === 'nothing') throw new TypeError('Failed to fetch');
    const [status, body, headers = {}] = next;
    return new Response(status === 204 ? null : JSON.stringify(body), { status, headers });
  };
  return { fetch: answer as unknown as typeof fetch, asked };
}

const session = { name: 'ops', scopes: ['server:read'], antiforgeryToken: 'token', expiresAt: '2026-01-01T00:00:00Z' };
const problem = (code: string): unknown => ({ code, detail: 'A sentence.', traceId: '00-1', errors: { limit: ['limit is from 1 to 200.'] } });

describe('the console’s client', () => {
  it('signs in with a key, and shows the token it got with every change, and with nothing else', async () => {
    const server = serverOf([201, session], [200, {}], [204], [201, {}], [200, {}]);
    const client = new ApiClient(server.fetch);
    expect((await client.signIn('the key')).name).toBe('ops');
    await client.call(operations.getServer);
    await client.call(operations.disconnect, { path: { id: 'a' } });
    await client.call(operations.createBan, { body: { username: 'x' } });
    await client.call(operations.setRaidLevel, { body: { level: 1 } });
    expect(server.asked[0]?.body).toEqual({ key: 'the key' });
    expect(server.asked.map(({ headers }) => headers.get('X-KaiChat-Antiforgery'))).toEqual([null, null, 'token', 'token', 'token']);
  });

  it('finds the session of a cookie, and nobody where there is none', async () => {
    const server = serverOf([200, session], [204], [401, problem('unauthorized')]);
    const client = new ApiClient(server.fetch);
    expect((await client.session())?.name).toBe('ops');
    await client.call(operations.liftBan, { path: { id: '1' } });
    expect(server.asked[1]?.headers.get('X-KaiChat-Antiforgery')).toBe('token');
    expect(await client.session()).toBeNull();
  });

  it('tells that the session is over, but not of a wrong key', async () => {
    let told = 0;
    const client = new ApiClient(serverOf([401, problem('unauthorized')], [401, problem('unauthorized')]).fetch, () => told++);
    await expect(client.signIn('wrong')).rejects.toMatchObject({ code: 'unauthorized', status: 401 });
    expect(told).toBe(0);
    await expect(client.call(operations.getServer)).rejects.toMatchObject({ code: 'unauthorized' });
    expect(told).toBe(1);
  });

  it('asks with an idempotency key of its own for each POST, and with the state a change is based on', async () => {
    const server = serverOf([201, {}], [201, {}], [200, {}, { ETag: '"2"' }]);
    const client = new ApiClient(server.fetch);
    await client.call(operations.createBan, { body: {} });
    await client.call(operations.createBan, { body: {} });
    const answer = await client.ask(operations.changeChannel, { path: { name: '@a' }, body: {}, ifMatch: '"1"' });
    const keys = server.asked.map(({ headers }) => headers.get('Idempotency-Key'));
    expect(new Set(keys.slice(0, 2)).size).toBe(2);
    expect(keys[2]).toBeNull();
    expect(server.asked[2]?.headers.get('If-Match')).toBe('"1"');
    expect(answer.etag).toBe('"2"');
  });

  it('reads all pages, but no more than wanted', async () => {
    const server = serverOf([200, { items: [1, 2], next: 'b' }], [200, { items: [3], next: null }], [200, { items: [1, 2], next: 'b' }]);
    const client = new ApiClient(server.fetch);
    expect(await client.all(operations.listConnections, { query: { kind: 'web' } })).toEqual({ items: [1, 2, 3], more: false });
    expect(server.asked[1]?.address).toBe('/api/v1/connections?kind=web&after=b&limit=200');
    expect(await client.all(operations.listConnections, {}, 2)).toEqual({ items: [1, 2], more: true });
  });

  it('does not page what has no pages', async () => {
    const server = serverOf([200, { items: [1], next: null }]);
    await new ApiClient(server.fetch).all(operations.listScopes);
    expect(server.asked[0]?.address).toBe('/api/v1/scopes');
  });

  it('makes of every fault one that can be shown', async () => {
    const client = new ApiClient(serverOf([429, problem('rate-limited'), { 'Retry-After': '7' }], [502, '<html>'], 'nothing').fetch);
    const faults = [];
    for (let i = 0; i < 3; i++) faults.push(await client.call(operations.getServer).catch((fault: unknown) => fault));
    expect(faults.every((fault) => fault instanceof ApiError)).toBe(true);
    expect(faults).toMatchObject([
      { code: 'rate-limited', detail: 'A sentence.', traceId: '00-1', retryAfter: 7, fields: { limit: ['limit is from 1 to 200.'] } },
      { code: 'unreadable', status: 502 },
      { code: 'unreachable', status: 0 },
    ]);
  });
});
