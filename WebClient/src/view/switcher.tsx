import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { t } from '../i18n';
import { careFor, isStill } from '../state/arrangement';
import { callsOf } from '../state/attention';
import type { Channel, Session } from '../state/chatState';
import { checkChannel, withAt } from '../state/names';
import { switchable } from '../state/switching';
import { arrangement } from './arrangement';
import { useClient } from './clientContext';
import { Counts } from './counts';
import { Dialog } from './dialog';
import { useStore } from './hooks';
import { isComposing } from './keys';

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
                    {channel && <ChannelCounts channel={channel} session={state.session} />}
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

function ChannelCounts({ channel, session }: { readonly channel: Channel; readonly session: Session | null }): JSX.Element {
  const own = useStore(arrangement.store);
  const { count, mentions } = callsOf(channel, session, own);
  return <Counts unread={isStill(careFor(own, channel.key)) ? 0 : count} mentions={mentions} />;
}
