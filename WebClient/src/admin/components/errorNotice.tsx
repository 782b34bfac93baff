import type { JSX } from 'preact';
import type { ApiError } from '../api/apiError';
import { formatNumber, t } from '../i18n';

export function errorSentence({ code, detail, status }: ApiError): string {
  if (code === 'unreachable') return t('error.unreachable');
  if (code === 'unreadable') return t('error.unreadable', { status: String(status) });
  if (code === 'precondition-failed') return t('error.changedElsewhere');
  return detail === '' ? t('error.other', { code }) : detail;
}

interface ErrorNoticeProps {
  readonly error: ApiError | null;
  /** What was not lost. */
  readonly kept?: string;
  readonly retry?: (() => void) | undefined;
}

/** What went wrong, what was kept, what helps, and the code that the log knows it by. */
export function ErrorNotice({ error, kept, retry }: ErrorNoticeProps): JSX.Element {
  return (
    <div role="alert">
      {error && (
        <div class="notice is-error">
          <div class="notice-text">
            <p>
              {errorSentence(error)} {kept}
            </p>
            {Object.entries(error.fields).length > 0 && (
              <ul>
                {Object.entries(error.fields).map(([field, sentences]) => (
                  <li key={field}>
                    <code>{field}</code>: {sentences.join(' ')}
                  </li>
                ))}
              </ul>
            )}
            <p class="notice-code">
              {t('error.code')} <code>{error.code}</code>
              {error.traceId !== '' && (
                <>
                  {' · '}
                  {t('error.trace')} <code>{error.traceId}</code>
                </>
              )}
              {error.retryAfter !== null && <> · {t('error.retryAfter', { seconds: formatNumber(error.retryAfter) })}</>}
            </p>
          </div>
          {retry && (
            <button class="button is-small" type="button" onClick={retry}>
              {t('action.retry')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
