import { useEffect, useState } from 'preact/hooks';
import type { SanctionRequest } from '../connection/contract';
import { useClient } from './clientContext';

const pause = 200;

/** Whom a ban or a mute would meet now; null until that is known. */
export function useSanctionPreview(request: SanctionRequest): readonly string[] | null {
  const { moderation } = useClient();
  const [met, setMet] = useState<readonly string[] | null>(null);
  const { kind, username, byAddress, channel } = request;
  useEffect(() => {
    let superseded = false;
    setMet(null);
    const timer = setTimeout(() => {
      // The reason meets nobody; the server wants one all the same.
      moderation.preview({ ...request, reason: request.reason || '-' }).then(
        (names) => superseded || setMet(names),
        () => undefined,
      );
    }, pause);
    return () => {
      superseded = true;
      clearTimeout(timer);
    };
  }, [kind, username, byAddress, channel]);
  return met;
}
