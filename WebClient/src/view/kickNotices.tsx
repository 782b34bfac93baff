import type { JSX } from 'preact';
import type { Kick } from '../connection/contract';
import { formatShort, t } from '../i18n';
import { channelKey } from '../state/chatState';
import { showControls } from '../state/text';
import { useClient } from './clientContext';
import { useSeconds } from './hooks';
import { Icon } from './icons';

/** That one was put out of a channel: by whom, why, and what is possible now. It stays until it is put away. */
export function KickNotices({ kicks }: { readonly kicks: readonly Kick[] }): JSX.Element {
  return (
    <div class="notices" role="alert">
      {kicks.map((kick) => (
        <KickNotice key={kick.channel} kick={kick} />
      ))}
    </div>
  );
}

function KickNotice({ kick }: { readonly kick: Kick }): JSX.Element {
  const client = useClient();
  const { channel, by, reason, until } = kick;
  const ends = until === null ? null : Date.parse(until);
  const now = useSeconds(ends !== null);
  const mayReturn = ends === null || ends <= now;
  const dismiss = (): void => client.dismissKick(channelKey(channel));
  return (
    <div class="notice-bar is-kick">
      <Icon name="failed" />
      <span>
        {t('kick.text', { channel, by, reason: showControls(reason) })}{' '}
        {mayReturn ? t('kick.mayReturn') : t('kick.until', { time: formatShort(ends) })}
      </span>
      {mayReturn && (
        <button
          class="button is-small"
          type="button"
          onClick={() => {
            dismiss();
            client.show(channel);
          }}
        >
          {t('kick.return')}
        </button>
      )}
      <button class="icon-button" type="button" aria-label={t('notice.dismiss')} onClick={dismiss}>
        <Icon name="close" />
      </button>
    </div>
  );
}
