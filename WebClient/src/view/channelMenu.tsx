import type { JSX } from 'preact';
import '../i18n/late';
import { useId } from 'preact/hooks';
import { t } from '../i18n';
import { cared, levels } from '../state/arrangement';
import type { ChannelKey } from '../state/chatState';
import { say } from './announcer';
import { arrangement } from './arrangement';
import type { ListedChannel } from './channelItem';
import { useClient } from './clientContext';
import { Dialog } from './dialog';
import { levelTexts } from './levelTexts';

interface ChannelMenuProps {
  readonly listed: ListedChannel;
  /** Moves it by one place; null at that end of the list. */
  readonly up: (() => void) | null;
  readonly down: (() => void) | null;
  readonly closed: () => void;
  /** It goes out of the list or comes back into it. */
  readonly hid: (key: ChannelKey) => void;
}

/** What can be done with a channel of the list. */
export function ChannelMenu({ listed: { channel, care, counts }, up, down, closed, hid }: ChannelMenuProps): JSX.Element {
  const client = useClient();
  const id = useId();
  const { key, name } = channel;
  const change = (changed: Parameters<typeof cared>[2]): void => arrangement.update((current) => cared(current, key, changed));
  const hide = (hidden: boolean): void => {
    change({ hidden });
    hid(key);
    say(t(hidden ? 'channels.hide.done' : 'channels.unhide.done', { channel: name }));
  };
  return (
    <Dialog title={name} closed={closed}>
      {(close) => {
        const and = (act: () => void) => () => {
          close();
          act();
        };
        return (
          <div class="menu">
            <label class="menu-switch">
              <input type="checkbox" checked={care.pinned === true} onChange={(event) => change({ pinned: event.currentTarget.checked })} />
              {t('channels.pin')}
            </label>
            <label class="menu-switch">
              <input type="checkbox" checked={care.muted === true} onChange={(event) => change({ muted: event.currentTarget.checked })} />
              {t('channels.mute')}
            </label>
            <div class="field">
              <label for={id}>{t('channels.level')}</label>
              <select
                id={id}
                value={care.level ?? ''}
                onChange={(event) => change({ level: levels.find((level) => level === event.currentTarget.value) })}
              >
                <option value="">{t('notify.level.default', { level: t(levelTexts[arrangement.store.state.level]) })}</option>
                {levels.map((level) => (
                  <option key={level} value={level}>
                    {t(levelTexts[level])}
                  </option>
                ))}
              </select>
            </div>
            <div class="actions">
              <button class="button" type="button" disabled={!up} onClick={() => up?.()}>
                {t('channels.up')}
              </button>
              <button class="button" type="button" disabled={!down} onClick={() => down?.()}>
                {t('channels.down')}
              </button>
              <button class="button" type="button" onClick={and(() => hide(!care.hidden))}>
                {t(care.hidden ? 'channels.unhide' : 'channels.hide')}
              </button>
              {counts && (
                <button class="button" type="button" onClick={and(() => client.marks.markRead(key))}>
                  {t('channels.markRead', { channel: name })}
                </button>
              )}
              <button class="button is-danger" type="button" onClick={and(() => void client.sync.leave(key))}>
                {t('channels.leave', { channel: name })}
              </button>
              <button class="button" type="button" onClick={close}>
                {t('drawer.close')}
              </button>
            </div>
          </div>
        );
      }}
    </Dialog>
  );
}
