import type { JSX } from 'preact';
import { t } from '../i18n';
import { hiddenChanged, isHidden } from '../state/arrangement';
import { arrangement } from './arrangement';
import { useStore } from './hooks';

/** Whether somebody's messages are shown to this reader. */
export function MuteForMe({ username }: { readonly username: string }): JSX.Element {
  const kept = useStore(arrangement.store);
  return (
    <label class="menu-switch">
      <input
        type="checkbox"
        checked={isHidden(kept, username)}
        onChange={(event) => {
          const hide = event.currentTarget.checked;
          arrangement.update((current) => hiddenChanged(current, username, hide));
        }}
      />
      {t('members.hideMessages')}
    </label>
  );
}
