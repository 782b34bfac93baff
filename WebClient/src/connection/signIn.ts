import { ChatError, fromResponse } from './chatError';
import type { SignInRequest, SignInResponse } from './contract';

/** Asks for a session under a name. Throws a {@link ChatError}. */
export async function signIn(username: string): Promise<SignInResponse> {
  const request: SignInRequest = { username };
  let response: Response;
  try {
    response = await fetch('/api/v1/sessions', {
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
