import type { ComponentChildren, JSX } from 'preact';
import { formatClock, t } from '../i18n';
import { ErrorNotice } from './errorNotice';
import type { Resource } from './useResource';

interface LoadedProps<Data> {
  readonly of: Resource<Data>;
  readonly children: (data: Data) => ComponentChildren;
}

/** What a resource has, or that it is coming; why it did not come stands above what was there before. */
export function Loaded<Data>({ of: { data, at, error, reload }, children }: LoadedProps<Data>): JSX.Element {
  const kept = at === null ? undefined : t('error.shownFrom', { time: formatClock(at) });
  return (
    <>
      <ErrorNotice error={error} {...(kept !== undefined && { kept })} retry={reload} />
      {data !== null ? children(data) : error === null && <p class="loading" role="status">{t('loading')}</p>}
    </>
  );
}
