import { afterEach, describe, expect, it, vi } from 'vitest';
import { isRefused, signIn } from './sessionsApi';

const answerWith = (answer: () => Promise<Response>) => vi.stubGlobal('fetch', vi.fn(answer));
const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });
const calls = (): unknown[][] => vi.mocked(fetch).mock.calls;

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('signIn', () => {
  it('posts the name and returns the session', async () => {
    answerWith(async () => json(201, { token: 't', username: 'Ada' }));
    expect(await signIn('Ada')).toEqual({ token: 't', username: 'Ada' });
    expect(calls()).toEqual([['/api/v1/sessions', expect.objectContaining({ method: 'POST', body: '{"username":"Ada"}' })]]);
  });

  it('passes on what the server has against it', async () => {
    answerWith(async () => json(429, { code: 'rate-limited', detail: 'Slow down.' }, { 'Retry-After': '7' }));
    await expect(signIn('Ada')).rejects.toMatchObject({ code: 'rate-limited', detail: 'Slow down.', retryAfterSeconds: 7 });
  });

  it('takes a proxy without a server behind it for a server that cannot be reached', async () => {
    answerWith(async () => new Response('<html>', { status: 502 }));
    await expect(signIn('Ada')).rejects.toMatchObject({ code: 'unreachable' });
    answerWith(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(signIn('Ada')).rejects.toMatchObject({ code: 'unreachable' });
  });
});

describe('isRefused', () => {
  it.each([[200, false], [401, true], [503, false]])('is told by the status: %i is %j', async (status, refused) => {
    answerWith(async () => new Response('', { status }));
    expect(await isRefused('t')).toBe(refused);
    expect(calls()).toEqual([
      ['/api/v1/sessions/current', expect.objectContaining({ headers: { Authorization: 'Bearer t' } })],
    ]);
  });

  it('is not the case where no answer comes', async () => {
    answerWith(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await isRefused('t')).toBe(false);
  });
});
