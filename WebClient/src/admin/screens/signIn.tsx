import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Mark } from '../../view/icons';
import { useConsole } from '../components/console';
import { ErrorNotice } from '../components/errorNotice';
import { useAction } from '../components/useResource';
import { t } from '../i18n';

export function SignInScreen(): JSX.Element {
  useEffect(() => void (document.title = t('app.title', { screen: t('signIn.title') })), []);
  return (
    <main class="sign-in">
      <div class="sign-in-card">
        <div class="brand">
          <Mark />
          <h1>{t('signIn.title')}</h1>
        </div>
        <p class="lead">{t('signIn.lead')}</p>
        <SignInForm expired={false} />
      </div>
    </main>
  );
}

export function SignInForm({ expired }: { readonly expired: boolean }): JSX.Element {
  const console = useConsole();
  const id = useId();
  const [key, setKey] = useState('');
  const action = useAction();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(() => console.signIn(key.trim())).then((done) => {
          if (!done) field.current?.select();
        });
      }}
    >
      {expired && <p>{t('signIn.expired')}</p>}
      {/* Password managers file the key under this name. */}
      <input class="visually-hidden" type="text" name="username" value="KaiChat console" autocomplete="username" readOnly tabIndex={-1} aria-hidden="true" />
      <div class="field">
        <label for={id}>{t('signIn.key')}</label>
        <input
          id={id} ref={field} type="password" name="password" autocomplete="current-password" required value={key} aria-describedby={`${id}-hint`}
          onInput={(event) => setKey(event.currentTarget.value)}
        />
        <p class="hint" id={`${id}-hint`}>{t('signIn.hint')}</p>
      </div>
      <ErrorNotice error={action.error} />
      <button class="button is-primary" type="submit" disabled={action.busy || key.trim() === ''}>
        {action.busy ? t('signIn.busy') : t('signIn.submit')}
      </button>
    </form>
  );
}
