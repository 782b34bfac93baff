import type { JSX } from 'preact';
import { formatTime, t } from '../i18n';
import { showControls } from '../state/text';
import { recent } from './announcer';
import { Dialog } from './dialog';
import { useStore } from './hooks';

/** Every notice that has disappeared, to be read again. */
export function RecentNotices({ closed }: { readonly closed: () => void }): JSX.Element {
  const notices = useStore(recent);
  return (
    <Dialog title={t('recent.title')} closed={closed}>
      {(close) => (
        <>
          {notices.length === 0 ? (
            <p>{t('recent.none')}</p>
          ) : (
            <ol class="recent" aria-label={t('recent.title')}>
              {notices.map(({ id, at, text }) => (
                <li key={id}>
                  <span dir="auto">{showControls(text)}</span> <time dateTime={new Date(at).toISOString()}>{formatTime(at)}</time>
                </li>
              ))}
            </ol>
          )}
          <div class="actions">
            <button class="button" type="button" onClick={close}>
              {t('drawer.close')}
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}
