import { describe, expect, it } from 'vitest';
import { ChatError, fromHubError, fromResponse, isPassing } from './chatError';

describe('fromHubError', () => {
  it('finds code, sentence and wait behind what the library puts in front', () => {
    const message = "An unexpected error occurred invoking 'Send' on the server. HubException: rate-limited: Not so fast. [3 s]";
    expect(fromHubError(message)).toMatchObject({ code: 'rate-limited', detail: 'Not so fast.', retryAfterSeconds: 3 });
  });

  it('reads an error without a wait, and one with nothing in front', () => {
    expect(fromHubError('HubException: not-a-member: Join first.').problem).toEqual({ code: 'not-a-member', detail: 'Join first.' });
    expect(fromHubError('text-empty: Write something.').problem).toEqual({ code: 'text-empty', detail: 'Write something.' });
  });

  it('keeps a sentence whole: its lines, its colons, and brackets that are no wait', () => {
    const detail = 'Two lines:\nthe [3 s] within and the end [soon]';
    expect(fromHubError(`HubException: limit-reached: ${detail} [12 s]`).problem).toEqual({
      code: 'limit-reached', detail, retryAfterSeconds: 12,
    });
    expect(fromHubError(`HubException: limit-reached: ${detail}`).problem).toEqual({ code: 'limit-reached', detail });
  });

  it('takes whatever it does not know for a fault of the server', () => {
    for (const message of ['', 'Connection closed.', 'HubException: brand-new-code: Something.', 'An error: it broke']) {
      expect(fromHubError(message).problem).toEqual({ code: 'server-fault', detail: message });
    }
  });
});

describe('fromResponse', () => {
  const answer = (status: number, body: string, headers: Record<string, string> = {}): Promise<ChatError> =>
    fromResponse(new Response(body, { status, headers }));

  it('reads problem details and the time to wait', async () => {
    const body = JSON.stringify({ code: 'username-taken', detail: 'Taken.' });
    expect((await answer(409, body, { 'Retry-After': '20' })).problem).toEqual({
      code: 'username-taken', detail: 'Taken.', retryAfterSeconds: 20,
    });
  });

  it('does without them where a proxy answers', async () => {
    expect((await answer(502, '<h1>Bad Gateway</h1>')).problem).toEqual({ code: 'unreachable', detail: '' });
    expect((await answer(500, 'null')).problem).toEqual({ code: 'server-fault', detail: '' });
    expect((await answer(400, '{"code":"new-code","detail":7}')).problem).toEqual({ code: 'server-fault', detail: '' });
  });
});

describe('isPassing', () => {
  it('tells what may succeed later from what a rule forbids', () => {
    expect((['unreachable', 'rate-limited', 'storage-unavailable', 'shutting-down', 'server-fault'] as const).every(isPassing)).toBe(true);
    expect((['text-too-long', 'not-a-member', 'limit-reached', 'session-ended', 'stale', 'forbidden'] as const).some(isPassing)).toBe(false);
  });
});
