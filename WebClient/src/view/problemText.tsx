import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Problem } from '../connection/chatError';
import { t } from '../i18n';
import { errorText } from '../i18n/errorText';
import { useSeconds } from './hooks';

/** What is wrong, with the code under which the server's log has it, and how long to wait, second by second. */
export function ProblemText({ problem }: { readonly problem: Problem }): JSX.Element {
  const since = useRef({ problem, at: Date.now() });
  if (since.current.problem !== problem) since.current = { problem, at: Date.now() };
  const { code, detail, retryAfterSeconds } = problem;
  const now = useSeconds(retryAfterSeconds !== undefined);
  const seconds = retryAfterSeconds === undefined ? 0 : Math.ceil(retryAfterSeconds - (now - since.current.at) / 1000);
  return (
    <div class="problem">
      <p class="is-error" role="alert">
        {errorText({ code, detail })} <code class="error-code">{code}</code>
      </p>
      {seconds > 0 && <p class="hint">{t('search.wait', { count: seconds })}</p>}
    </div>
  );
}
