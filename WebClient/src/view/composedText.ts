import type { RefObject } from 'preact';
import { useEffect, useRef, useState, type Dispatch, type StateUpdater } from 'preact/hooks';
import type { Channel } from '../state/chatState';
import { useClient } from './clientContext';

const draftDelay = 250;

/**
 * The text in a channel's composer: a draft, which is kept, or while a message is edited that message's text. The draft waits meanwhile,
 * and comes back after it.
 */
export function useComposedText(
  channel: Channel,
  draft: string,
  field: RefObject<HTMLTextAreaElement | null>,
): readonly [string, Dispatch<StateUpdater<string>>] {
  const client = useClient();
  const { key, composing } = channel;
  const [text, setText] = useState(composing?.kind === 'edit' ? composing.text : draft);
  const latest = useRef({ text, composing });
  latest.current.text = text;

  useEffect(() => {
    const keep = (): void => {
      const { text: kept, composing: about } = latest.current;
      if (about?.kind === 'edit') client.revisions.keepEdit(key, { ...about, text: kept });
      else client.saveDraft(key, kept);
    };
    const leave = (): void => {
      keep();
      client.save();
    };
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      keep();
    };
  }, []);
  useEffect(() => {
    const before = latest.current.composing;
    latest.current.composing = composing;
    if (before === composing) return;
    if (composing?.kind === 'edit') {
      if (before?.kind !== 'edit') client.saveDraft(key, latest.current.text);
      setText(composing.text);
    } else if (before?.kind === 'edit') {
      setText(client.store.state.drafts[key] ?? '');
    }
    if (composing) focusEnd(field.current);
  }, [composing]);
  useEffect(() => {
    if (latest.current.composing?.kind === 'edit') return;
    const timer = setTimeout(() => client.saveDraft(key, text), draftDelay);
    return () => clearTimeout(timer);
  }, [text]);
  return [text, setText];
}

/** Behind the drawing, since the field gets its text with it. */
function focusEnd(field: HTMLTextAreaElement | null): void {
  requestAnimationFrame(() => {
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  });
}
