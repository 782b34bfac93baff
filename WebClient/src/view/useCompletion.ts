import type { RefObject } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Channel } from '../state/chatState';
import { completed, optionsFor, triggerAt, type Option } from '../state/completion';
import { sortMembers } from '../state/members';
import { useClient } from './clientContext';
import { useEmoji } from './emoji';
import { isComposing } from './keys';

/** The completion of what is typed in a field. */
export interface Completion {
  readonly id: string;
  readonly options: readonly Option[];
  readonly chosen: number;
  readonly pick: (option: Option) => void;
  /** The caret may have moved. */
  readonly moved: () => void;
  /** The field has lost the focus. */
  readonly left: () => void;
  /** True if the key was for the list. */
  readonly key: (event: KeyboardEvent) => boolean;
}

export function useCompletion(
  channel: Channel,
  text: string,
  setText: (text: string) => void,
  field: RefObject<HTMLTextAreaElement | null>,
  takesCommands: boolean,
): Completion {
  const client = useClient();
  const id = useId();
  const [caret, setCaret] = useState(-1);
  const [at, setAt] = useState(0);
  /** What Escape has put away: it stays away while the same word is typed. */
  const [dismissed, setDismissed] = useState(-1);
  const stepped = useRef(false);
  const trigger = caret < 0 ? null : triggerAt(text, caret);
  const emoji = useEmoji(trigger?.sign === ':');
  const isOpen = trigger !== null && trigger.from !== dismissed && (takesCommands || trigger.sign !== '/');
  const { state } = client.store;
  const options = isOpen
    ? optionsFor(trigger, {
        names: sortMembers(channel.members.filter((member) => member.id !== state.session?.sessionId)).map(({ username }) => username),
        channels: [...state.channels.values()].map(({ name }) => name),
        scopes: state.scopes,
        emoji,
      })
    : [];
  const chosen = Math.min(at, options.length - 1);
  // Another list begins at its top; what Escape put away may come again behind another word. Before the next key is pressed: it is for this list.
  useLayoutEffect(() => {
    setAt(0);
    stepped.current = false;
  }, [trigger?.sign, trigger?.typed]);
  useLayoutEffect(() => {
    if (trigger === null) setDismissed(-1);
  }, [trigger === null]);

  const pick = (option: Option): void => {
    if (!trigger || !field.current) return;
    const next = completed(text, trigger, option);
    field.current.value = next.text;
    field.current.setSelectionRange(next.caret, next.caret);
    field.current.focus();
    setText(next.text);
    setCaret(-1);
  };
  const moved = (): void => {
    const { current } = field;
    setCaret(current && current.selectionStart === current.selectionEnd ? current.selectionStart : -1);
  };
  const step = (by: number): void => {
    stepped.current = true;
    setAt((chosen + by + options.length) % options.length);
  };
  const key = (event: KeyboardEvent): boolean => {
    const option = options[chosen];
    if (!option || isComposing(event) || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return false;
    // Whoever typed all of it and presses Enter wants to send.
    const isWhole = !stepped.current && trigger !== null && option.insert.toLowerCase() === (trigger.sign + trigger.typed).toLowerCase();
    if (event.key === 'ArrowDown') step(1);
    else if (event.key === 'ArrowUp') step(-1);
    else if (event.key === 'Escape') setDismissed(trigger?.from ?? -1);
    else if (event.key === 'Tab' || (event.key === 'Enter' && !isWhole)) pick(option);
    else return false;
    event.preventDefault();
    return true;
  };
  return { id, options, chosen, pick, moved, left: () => setCaret(-1), key };
}
