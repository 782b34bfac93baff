import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { t } from '../i18n';
import { checkChannel, withAt } from '../state/names';
import { mentionCount, unreadCount } from '../state/reading';
import { switchable } from '../state/switching';
import { useClient } from './clientContext';
import { Dialog } from './dialog';
import { useStore } from './hooks';
import { isComposing } from './keys';
import { Counts } from './counts';

const most = 10;

/** Goes to a channel by a few letters of its name, those shown last first; a name that is none of them is entered. */
export function Switcher({ closed }: { readonly closed: () => void }): JSX.Element {
  const client = useClient();
  const state = useStore(client.store);
  const [letters, setLetters] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const name = withAt(letters.replace(/^#/, ''));
  const found = switchable(state, letters.trim()).slice(0, most);
  const isNew = checkChannel(name) === null && !state.channels.has(name.toLowerCase());
  const options = [...found.map((channel) => channel.name), ...(isNew ? [name] : [])];
  const chosen = Math.min(at, options.length - 1);
  const session = state.session;

  return (
    <Dialog title={t('switcher.title')} closed={closed}>
      {(close) => {
        const go = (option: string | undefined): void => {
          if (option === undefined) return;
          close();
          client.show(option);
        };
        const onKeyDown = (event: KeyboardEvent): void => {
          if (isComposing(event)) return;
          if (event.key === 'ArrowDown') setAt((chosen + 1) % options.length);
          else if (event.key === 'ArrowUp') setAt((chosen + options.length - 1) % options.length);
          else if (event.key === 'Enter') go(options[chosen]);
          else return;
          event.preventDefault();
        };
        return (
          <div class="switcher">
            <input
              type="text"
              role="combobox"
              aria-label={t('switcher.field')}
              aria-expanded={options.length > 0}
              aria-controls={`${id}-list`}
              aria-autocomplete="list"
              aria-activedescendant={options.length > 0 ? `${id}-${chosen}` : undefined}
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              autoFocus
              value={letters}
              onInput={(event) => {
                setLetters(event.currentTarget.value);
                setAt(0);
              }}
              onKeyDown={onKeyDown}
            />
            <ul id={`${id}-list`} class="options" role="listbox" aria-label={t('channels.label')}>
              {options.map((option, i) => {
                const channel = found[i];
                return (
                  <li key={option} id={`${id}-${i}`} role="option" aria-selected={i === chosen} onClick={() => go(option)}>
                    <bdi class="option-name">{channel ? option : t('switcher.enter', { channel: option })}</bdi>
                    {channel && session && (
                      <Counts
                        unread={unreadCount(channel, session.sessionId)}
                        mentions={mentionCount(channel, session.sessionId, session.username)}
                      />
                    )}
                  </li>
                );
              })}
            </ul>
            <div class="actions">
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
