import { ChatError, fromResponse } from './chatError';
import type { SignInRequest, SignInResponse } from './contract';

const sessions = '/api/v1/sessions';

/** Asks for a session under a name. Throws a {@link ChatError}. */
export async function signIn(username: string): Promise<SignInResponse> {
  const request: SignInRequest = { username };
  let response: Response;
  try {
    response = await fetch(sessions, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(15_000),
    });
  } catch {
    throw new ChatError('unreachable');
  }
  if (!response.ok) throw await fromResponse(response);
  return (await response.json()) as SignInResponse;
}

/** Asks why the hub did not open: a browser is not told the status of a refused WebSocket. True if the token is worth nothing any more. */
export async function isRefused(token: string): Promise<boolean> {
  try {
    const response = await fetch(`${sessions}/current`, {
      headers: { Authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(10_000),
    });
    return response.status === 401;
  } catch {
    return false;
  }
}
