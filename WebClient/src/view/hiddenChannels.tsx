import type { ComponentChildren, JSX, RefObject } from 'preact';
import { useCallback, useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import type { ChannelKey } from '../state/chatState';

/** The channels that their reader has put out of the list, behind it. */
export function HiddenChannels({ count, children }: { readonly count: number; readonly children: ComponentChildren }): JSX.Element {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <div class="hidden-channels">
      <button class="button is-quiet is-small" type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {t('channels.hiddenOnes', { count })}
      </button>
      <ul id={id} aria-label={t('channels.hiddenOnes.label')} hidden={!open}>
        {open && children}
      </ul>
    </div>
  );
}

/**
 * A row that goes from one list into the other is another element, which does not have the focus that the former had. Gets the channel to which the focus goes with the next
 * drawing: to its row in the list, or where it is none there, to the button of the hidden ones.
 */
export function useFocusNext(panel: RefObject<HTMLElement | null>): (key: ChannelKey) => void {
  const wanted = useRef<ChannelKey | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    const row = panel.current?.querySelector<HTMLElement>(`.channel-list > [data-channel="${CSS.escape(wanted.current)}"] a`);
    wanted.current = null;
    (row ?? panel.current?.querySelector<HTMLElement>('.hidden-channels button'))?.focus();
  });
  return useCallback((key: ChannelKey) => void (wanted.current = key), []);
}
