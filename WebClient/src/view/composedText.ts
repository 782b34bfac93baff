import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState, type Dispatch, type StateUpdater } from 'preact/hooks';
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
): readonly [text: string, setText: Dispatch<StateUpdater<string>>, clear: () => void] {
  const client = useClient();
  const { key, composing } = channel;
  const [text, setText] = useState(composing?.kind === 'edit' ? composing.text : draft);
  const latest = useRef({ text, composing });
  latest.current.text = text;

  const put = (next: string): void => {
    setText(next);
    if (!field.current) return;
    field.current.value = next;
    field.current.setSelectionRange(next.length, next.length);
  };

  // Its end comes with the drawing that takes the field away: whoever comes back at once finds the text.
  useLayoutEffect(() => {
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
  // Before the next key is pressed: it belongs into the text that is to be edited.
  useLayoutEffect(() => {
    const before = latest.current.composing;
    latest.current.composing = composing;
    if (before === composing) return;
    if (composing?.kind === 'edit') {
      if (before?.kind !== 'edit') client.saveDraft(key, latest.current.text);
      put(composing.text);
    } else if (before?.kind === 'edit') {
      put(client.store.state.drafts[key] ?? '');
    }
    if (composing) field.current?.focus();
  }, [composing]);
  useEffect(() => {
    if (latest.current.composing?.kind === 'edit') return;
    const timer = setTimeout(() => client.saveDraft(key, text), draftDelay);
    return () => clearTimeout(timer);
  }, [text]);
  // At once: whoever leaves the channel with the same key leaves no draft of it.
  const clear = (): void => {
    latest.current.text = '';
    setText('');
    client.saveDraft(key, '');
  };
  return [text, setText, clear];
}
