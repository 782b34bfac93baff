import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { emojiFor } from '../state/completion';
import { useEmoji } from './emoji';

const common = ['👍', '❤️', '😂', '🎉', '😮', '😢', '🙏', '👀'] as const;
/** Found ones that are shown at a time. */
const mostFound = 24;

interface ReactionPaletteProps {
  readonly pick: (emoji: string) => void;
  readonly close: () => void;
}

/** The usual reactions, and a field that finds others by their names and takes any. */
export function ReactionPalette({ pick, close }: ReactionPaletteProps): JSX.Element {
  const palette = useRef<HTMLDivElement>(null);
  const [other, setOther] = useState('');
  const wanted = other.trim();
  const isName = /^[a-z0-9 _+-]+$/i.test(wanted);
  const table = useEmoji(isName);
  const found = isName && table ? emojiFor(wanted, table).slice(0, mostFound) : [];
  // Before the next key is pressed.
  useLayoutEffect(() => palette.current?.querySelector('button')?.focus(), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    // What is typed here is meant for nothing around it.
    event.stopPropagation();
    if (event.key === 'Escape') close();
  };
  return (
    <div class="palette" role="group" aria-label={t('message.react')} ref={palette} onKeyDown={onKeyDown}>
      {common.map((emoji) => (
        <button key={emoji} class="palette-emoji" type="button" onClick={() => pick(emoji)}>
          {emoji}
        </button>
      ))}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const chosen = isName ? found[0]?.[1] : wanted;
          if (chosen) pick(chosen);
        }}
      >
        <input
          type="text"
          aria-label={t('reactions.other')}
          placeholder={t('reactions.other')}
          maxLength={32}
          size={12}
          value={other}
          onInput={(event) => setOther(event.currentTarget.value)}
        />
        <button class="button is-small" type="submit">
          {t('reactions.add')}
        </button>
      </form>
      {isName && (
        <div class="palette-found">
          {found.map(([name, emoji]) => (
            <button key={name} class="palette-emoji" type="button" aria-label={name.replaceAll('_', ' ')} title={name} onClick={() => pick(emoji)}>
              {emoji}
            </button>
          ))}
          <p class={found.length === 0 ? 'hint' : 'visually-hidden'} role="status">
            {table && t(found.length === 0 ? 'reactions.none' : 'completion.count', { count: found.length })}
          </p>
        </div>
      )}
    </div>
  );
}
