import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import type { Channel, Session } from '../state/chatState';
import { countMembers } from '../state/members';
import { tidy } from '../state/text';
import { useClient } from './clientContext';
import { Icon } from './icons';
import { NativeView } from './nativeView';
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

const draftDelay = 250;

export function Composer({ channel, session, draft, takesFocus, edited }: ComposerProps): JSX.Element {
  const client = useClient();
  const [text, setText] = useState(draft);
  const field = useRef<HTMLTextAreaElement>(null);
  const latest = useRef(text);
  latest.current = text;
  const message = tidy(text);
  const excess = message.length - session.maxTextLength;
  const hasNatives = countMembers(channel.members).native > 0;

  useEffect(() => {
    // A keyboard that pops up over a channel one only wants to read is a nuisance.
    if (takesFocus && matchMedia('(pointer: fine)').matches) field.current?.focus();
    const keep = (): void => client.saveDraft(channel.key, latest.current);
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
    const timer = setTimeout(() => client.saveDraft(channel.key, text), draftDelay);
    return () => clearTimeout(timer);
  }, [text]);
  edited.current = (returned) => {
    setText((current) => (current === '' ? returned : `${current}\n${returned}`));
    field.current?.focus();
  };

  const send = (): void => {
    if (message === '' || excess > 0) return;
    client.send(channel.key, message);
    setText('');
    client.saveDraft(channel.key, '');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!sends(event)) return;
    event.preventDefault();
    send();
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
      <div class="composer-box">
        <div class="composer-grow">
          <textarea
            ref={field}
            aria-label={t('composer.label')}
            placeholder={t('composer.placeholder', { channel: channel.name })}
            dir="auto"
            rows={1}
            enterkeyhint="send"
            value={text}
            aria-invalid={excess > 0}
            onInput={(event) => setText(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          <div class="composer-mirror" aria-hidden="true">
            {`${text}\u200b`}
          </div>
        </div>
        <button class="button is-primary composer-send" type="submit" aria-label={t('composer.submit')}>
          <Icon name="send" />
        </button>
      </div>
      <div class="composer-notes">
        <Length length={message.length} limit={session.maxTextLength} />
        {hasNatives && <NativeView text={message} lineBytes={session.nativeLineBytes} />}
      </div>
    </form>
  );
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
