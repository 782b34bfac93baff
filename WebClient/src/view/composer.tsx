import type { JSX } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import type { Channel, Session } from '../state/chatState';
import { written } from '../state/commands';
import { countMembers } from '../state/members';
import { isLong } from '../state/pasting';
import { hindranceOf } from '../state/posting';
import { tidy } from '../state/text';
import { useClient } from './clientContext';
import { commandProblem } from './commandTexts';
import { CompletionList } from './completionList';
import { useComposedText } from './composedText';
import { ComposingBar } from './composingBar';
import { ask } from './dialogs';
import { HindranceNote } from './hindrance';
import { useSeconds } from './hooks';
import { Icon } from './icons';
import { isComposing } from './keys';
import { NativeView } from './nativeView';
import { sends } from './preferences';
import { useCompletion } from './useCompletion';
import type { SearchToggle } from './useSearch';

interface ComposerProps {
  readonly channel: Channel;
  readonly session: Session;
  readonly draft: string;
  /** Whether the field takes the focus when it appears: not from a message that a link leads to. */
  readonly takesFocus: boolean;
  readonly search: SearchToggle;
  /** Set to what takes a text back for editing. */
  readonly edited: { current: (text: string) => void };
}

export function Composer({ channel, session, draft, takesFocus, search, edited }: ComposerProps): JSX.Element {
  const client = useClient();
  const field = useRef<HTMLTextAreaElement>(null);
  const barId = useId();
  const whyId = useId();
  const { composing } = channel;
  const isEdit = composing?.kind === 'edit';
  const [text, setText, clear] = useComposedText(channel, draft, field);
  /** What is wrong with a command, while it is in the field. */
  const [refused, setRefused] = useState({ command: '', problem: '' });
  const problem = text !== '' && refused.command === text ? refused.problem : null;
  const completion = useCompletion(channel, text, setText, field, !isEdit);
  const { scopes } = client.store.state;
  const now = useSeconds(channel.mute !== null);
  const hindrance = hindranceOf(channel, scopes.length > 0, now);
  const what = isEdit ? ({ kind: 'message', text } as const) : written(text, session.username, scopes);
  const message = what.kind === 'message' ? tidy(what.text) : '';
  const excess = message.length - session.maxTextLength;
  const hasNatives = countMembers(channel.members).native > 0;

  // With the first paint, and not after it: by then the user may have gone elsewhere.
  useLayoutEffect(() => {
    // A keyboard that pops up over a channel one only wants to read is a nuisance.
    if (takesFocus && matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, []);
  edited.current = (returned) => {
    setText((current) => (current === '' ? returned : `${current}\n${returned}`));
    field.current?.focus();
  };
  const cancel = (): void => {
    client.revisions.cancel(channel.key);
    field.current?.focus();
  };
  const command = async (): Promise<void> => {
    if (what.kind === 'problem') return setRefused({ command: text, problem: commandProblem(what.problem, what.name) });
    if (what.kind !== 'command') return;
    clear();
    const place = { client, channel, search };
    // What commands do is loaded with the first one.
    const wrong = await import('./runCommand').then(({ runCommand }) => runCommand(what.command, place), () => t('error.unreachable'));
    if (wrong === null) return;
    setRefused({ command: text, problem: wrong });
    setText((current) => (current === '' ? text : current));
  };
  const send = (): void => {
    if (what.kind !== 'message') return void command();
    if (message === '' || excess > 0 || hindrance) return;
    if (composing?.kind === 'edit') return void client.revisions.edit(channel.key, composing.seq, message);
    client.send(channel.key, message, composing?.seq ?? null);
    client.revisions.cancel(channel.key);
    clear();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event) || completion.key(event) || event.shiftKey) return;
    if (sends(event)) send();
    else if (event.ctrlKey || event.altKey || event.metaKey) return;
    else if (event.key === 'Escape' && composing) cancel();
    else if (event.key !== 'ArrowUp' || text !== '' || composing || !client.revisions.beginLastEdit(channel.key)) return;
    event.preventDefault();
  };
  const onPaste = (event: ClipboardEvent): void => {
    const pasted = event.clipboardData?.getData('text/plain') ?? '';
    if (!isLong(pasted)) return;
    event.preventDefault();
    ask({ kind: 'paste', text: pasted, insert: (chosen) => insertAt(field.current, chosen, setText) });
  };
  const isOpen = completion.options.length > 0;

  return (
    <form
      class="composer"
      aria-label={t('composer.form')}
      onSubmit={(event) => {
        event.preventDefault();
        send();
        field.current?.focus();
      }}
    >
      <ComposingBar channel={channel} id={barId} cancel={cancel} />
      {hindrance && <HindranceNote hindrance={hindrance} id={whyId} />}
      <div class="composer-box">
        <CompletionList id={completion.id} options={completion.options} chosen={completion.chosen} pick={completion.pick} left={completion.left} />
        <div class="composer-grow">
          <textarea
            ref={field}
            aria-label={t('composer.label')}
            aria-describedby={[composing && barId, (hindrance || problem !== null) && whyId].filter(Boolean).join(' ') || undefined}
            aria-autocomplete="list"
            aria-controls={isOpen ? completion.id : undefined}
            aria-activedescendant={isOpen ? `${completion.id}-${completion.chosen}` : undefined}
            placeholder={t('composer.placeholder', { channel: channel.name })}
            dir="auto"
            rows={1}
            enterkeyhint="send"
            value={text}
            disabled={hindrance !== null}
            aria-invalid={excess > 0 || problem !== null}
            onInput={(event) => {
              setText(event.currentTarget.value);
              completion.moved();
              if (event.currentTarget.value !== '' && !isEdit && !event.currentTarget.value.startsWith('/')) client.typing.typed(channel.key);
            }}
            onClick={completion.moved}
            onKeyUp={(event) => /^(Arrow(Left|Right)|Home|End)$/.test(event.key) && completion.moved()}
            onBlur={(event) => (event.relatedTarget as Element | null)?.id !== completion.id && completion.left()}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
          />
          <div class="composer-mirror" aria-hidden="true">
            {`${text}\u200b`}
          </div>
        </div>
        <button
          class="button is-primary composer-send"
          type="submit"
          disabled={hindrance !== null}
          aria-label={t(isEdit ? 'composer.save' : 'composer.submit')}
        >
          <Icon name={isEdit ? 'delivered' : 'send'} />
        </button>
      </div>
      <div class="composer-notes">
        {problem !== null && (
          <p id={whyId} class="is-error" role="alert">
            {problem}
          </p>
        )}
        <Length length={message.length} limit={session.maxTextLength} />
        {hasNatives && <NativeView text={asNativesGetIt(channel, message)} lineBytes={session.nativeLineBytes} />}
      </div>
    </form>
  );
}

/** Puts a text where the caret is. */
function insertAt(field: HTMLTextAreaElement | null, text: string, setText: (text: string) => void): void {
  if (!field) return;
  field.focus();
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  setText(field.value);
}

/** Natives see in front of an answer to whom it is. */
function asNativesGetIt({ composing, messages }: Channel, message: string): string {
  if (message === '' || composing?.kind !== 'reply') return message;
  const author = messages.find(({ seq }) => seq === composing.seq)?.author;
  return author === undefined ? message : `@${author}: ${message}`;
}

/** Shown from four fifths of the limit on. */
function Length({ length, limit }: { readonly length: number; readonly limit: number }): JSX.Element | null {
  if (length < limit * 0.8) return null;
  return length > limit ? (
    <p class="is-error" role="status">
      {t('composer.tooLong', { count: length - limit })}
    </p>
  ) : (
    <p>{t('composer.characters', { count: length, limit })}</p>
  );
}
