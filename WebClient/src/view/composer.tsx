import type { JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../i18n';
import type { Channel, Session } from '../state/chatState';
import { countMembers } from '../state/members';
import { tidy } from '../state/text';
import { useClient } from './clientContext';
import { ComposingBar } from './composingBar';
import { Icon } from './icons';
import { NativeView } from './nativeView';
import { useComposedText } from './composedText';
import { sends } from './preferences';

interface ComposerProps {
  readonly channel: Channel;
  readonly session: Session;
  readonly draft: string;
  /** Whether the field takes the focus when it appears: not from a message that a link leads to. */
  readonly takesFocus: boolean;
  /** Set to what takes a text back for editing. */
  readonly edited: { current: (text: string) => void };
}

export function Composer({ channel, session, draft, takesFocus, edited }: ComposerProps): JSX.Element {
  const client = useClient();
  const field = useRef<HTMLTextAreaElement>(null);
  const barId = useId();
  const { composing } = channel;
  const isEdit = composing?.kind === 'edit';
  const [text, setText] = useComposedText(channel, draft, field);
  const message = tidy(text);
  const excess = message.length - session.maxTextLength;
  const hasNatives = countMembers(channel.members).native > 0;

  useEffect(() => {
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

  const send = (): void => {
    if (message === '' || excess > 0) return;
    if (composing?.kind === 'edit') return void client.revisions.edit(channel.key, composing.seq, message);
    client.send(channel.key, message, composing?.seq ?? null);
    client.revisions.cancel(channel.key);
    setText('');
    client.saveDraft(channel.key, '');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // 229 is how Safari reports the Enter that ends an input method's composition.
    if (event.isComposing || event.keyCode === 229 || event.shiftKey) return;
    if (sends(event)) send();
    else if (event.ctrlKey || event.altKey || event.metaKey) return;
    else if (event.key === 'Escape' && composing) cancel();
    else if (event.key !== 'ArrowUp' || text !== '' || composing || !client.revisions.beginLastEdit(channel.key)) return;
    event.preventDefault();
  };

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
      <div class="composer-box">
        <div class="composer-grow">
          <textarea
            ref={field}
            aria-label={t('composer.label')}
            aria-describedby={composing ? barId : undefined}
            placeholder={t('composer.placeholder', { channel: channel.name })}
            dir="auto"
            rows={1}
            enterkeyhint="send"
            value={text}
            aria-invalid={excess > 0}
            onInput={(event) => {
              setText(event.currentTarget.value);
              if (event.currentTarget.value !== '' && !isEdit) client.typing.typed(channel.key);
            }}
            onKeyDown={onKeyDown}
          />
          <div class="composer-mirror" aria-hidden="true">
            {`${text}\u200b`}
          </div>
        </div>
        <button
          class="button is-primary composer-send"
          type="submit"
          aria-label={t(isEdit ? 'composer.save' : 'composer.submit')}
        >
          <Icon name={isEdit ? 'delivered' : 'send'} />
        </button>
      </div>
      <div class="composer-notes">
        <Length length={message.length} limit={session.maxTextLength} />
        {hasNatives && <NativeView text={asNativesGetIt(channel, message)} lineBytes={session.nativeLineBytes} />}
      </div>
    </form>
  );
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
