import type { JSX } from 'preact';
import type { Problem } from '../connection/chatError';
import { t } from '../i18n';
import { errorText } from '../i18n/errorText';
import { useSeconds } from './hooks';

interface SearchProblemProps {
  readonly problem: Problem;
  readonly passesAt: number | null;
}

/** What is wrong with the query, or how long to wait. */
export function SearchProblem({ problem, passesAt }: SearchProblemProps): JSX.Element {
  const now = useSeconds(passesAt !== null);
  const { code, detail } = problem;
  const seconds = passesAt === null ? 0 : Math.ceil((passesAt - now) / 1000);
  const text = errorText({ code, detail });
  return (
    <>
      <p id="search-problem" class="hint is-error" role="alert">
        {passesAt !== null && seconds <= 0 ? t('search.again') : text}
      </p>
      {seconds > 0 && <p class="hint">{t('search.wait', { count: seconds })}</p>}
    </>
  );
}
