import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';

const common = ['👍', '❤️', '😂', '🎉', '😮', '😢', '🙏', '👀'] as const;

interface ReactionPaletteProps {
  readonly pick: (emoji: string) => void;
  readonly close: () => void;
}

/** The usual reactions, and a field for any other. */
export function ReactionPalette({ pick, close }: ReactionPaletteProps): JSX.Element {
  const palette = useRef<HTMLDivElement>(null);
  const [other, setOther] = useState('');
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
          if (other.trim() !== '') pick(other.trim());
        }}
      >
        <input
          type="text"
          aria-label={t('reactions.other')}
          placeholder={t('reactions.other')}
          maxLength={32}
          size={8}
          value={other}
          onInput={(event) => setOther(event.currentTarget.value)}
        />
        <button class="button is-small" type="submit">
          {t('reactions.add')}
        </button>
      </form>
    </div>
  );
}
