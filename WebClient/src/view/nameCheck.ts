import { useEffect, useState } from 'preact/hooks';
import { checkName } from '../connection/lobbyApi';

/** How long the typing pauses before the server is asked, in milliseconds. */
const pause = 400;

/** Whether a name is free, as far as the server says: null while that is not known. `valid` is whether it passes the rules the page knows. */
export function useNameCheck(username: string, valid: boolean): { readonly free: boolean; readonly sentence: string; readonly code: string } | null {
  const [answer, setAnswer] = useState<{ readonly username: string; readonly free: boolean; readonly sentence: string; readonly code: string } | null>(null);
  useEffect(() => {
    if (!valid) return;
    let isCurrent = true;
    const timer = setTimeout(() => {
      void checkName(username).then((checked) => {
        if (isCurrent && checked) setAnswer({ username, free: checked.free, sentence: checked.sentence ?? '', code: checked.code ?? '' });
      });
    }, pause);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [username, valid]);
  return valid && answer?.username === username ? answer : null;
}
