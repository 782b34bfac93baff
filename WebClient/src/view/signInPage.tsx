import type { JSX, TargetedSubmitEvent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { lobby, type Lobby } from '../connection/lobbyApi';
import { t } from '../i18n';
import { errorText } from '../i18n/errorText';
import type { SessionEnd, SignIn } from '../state/chatState';
import { checkChannel, checkUsername, withAt } from '../state/names';
import { showControls } from '../state/text';
import { useClient } from './clientContext';
import { Field } from './field';
import { Icon, Mark } from './icons';
import { useNameCheck } from './nameCheck';
import { channelText, usernameText } from './nameText';
import { OpenChannels } from './openChannels';
import { openPreferences } from './preferences';
import { ProblemText } from './problemText';

const defaultChannel = '@general';

export function SignInPage({ signIn }: { readonly signIn: SignIn }): JSX.Element {
  const client = useClient();
  const [username, setUsername] = useState(signIn.username);
  const [channel, setChannel] = useState(signIn.channel || defaultChannel);
  const [submitted, setSubmitted] = useState(false);
  /** The name the server's refusal is about: another one has not been refused yet. */
  const [asked, setAsked] = useState('');
  const usernameField = useRef<HTMLInputElement>(null);
  const channelField = useRef<HTMLInputElement>(null);

  const { problem } = signIn;
  const concernsName = problem !== null && problem.code.startsWith('username-');
  const usernameProblem = username === '' && !submitted ? null : checkUsername(username);
  const channelProblem = channel === '' && !submitted ? null : checkChannel(withAt(channel));
  const refusal = concernsName && username === asked ? errorText(problem) : null;
  const checked = useNameCheck(username, checkUsername(username) === null);
  const taken = checked?.free === false ? (checked.code === 'username-taken' || checked.sentence === '' ? t('error.username-taken') : checked.sentence) : null;
  const [open, setOpen] = useState<Lobby | null>(null);

  useEffect(() => {
    document.title = t('app.name');
    usernameField.current?.focus();
    let isHere = true;
    void lobby().then((told) => isHere && setOpen(told));
    return () => void (isHere = false);
  }, []);
  useEffect(() => {
    if (concernsName) usernameField.current?.select();
  }, [problem]);

  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setSubmitted(true);
    if (signIn.busy) return;
    if (checkUsername(username)) usernameField.current?.focus();
    else if (checkChannel(withAt(channel))) channelField.current?.focus();
    else {
      setAsked(username);
      void client.signIn(username, withAt(channel));
    }
  };

  const chooseChannel = (name: string): void => {
    setChannel(name);
    (username === '' ? usernameField : channelField).current?.focus();
  };

  return (
    <main class="sign-in">
      <form class="sign-in-card" aria-labelledby="sign-in-title" noValidate onSubmit={submit}>
        <div class="brand">
          <Mark />
          <h1 id="sign-in-title" aria-label={t('signIn.title')}>
            {open?.title ? showControls(open.title) : t('app.name')}
          </h1>
        </div>
        <p class="lead">{open?.description ? showControls(open.description) : t('signIn.lead')}</p>
        {signIn.ended && (
          <p class="callout" role="status">
            {endText(signIn.ended)}
          </p>
        )}
        <Field
          label={t('signIn.username')}
          hint={checked?.free ? t('signIn.username.free') : t('signIn.username.hint')}
          error={usernameText(usernameProblem) ?? refusal ?? taken}
          value={username}
          changed={setUsername}
          inputRef={usernameField}
          name="username"
          autocomplete="username"
        />
        <Field
          label={t('signIn.channel')}
          hint={t('signIn.channel.hint')}
          error={channelText(channelProblem)}
          value={channel}
          changed={setChannel}
          inputRef={channelField}
          name="channel"
          autocomplete="off"
        />
        {problem && !concernsName && (
          <div class="callout is-error">
            <Icon name="failed" /> <ProblemText problem={problem} />
          </div>
        )}
        <button class="button is-primary" type="submit" aria-busy={signIn.busy}>
          {t('signIn.submit')}
        </button>
        <p class="visually-hidden" role="status">
          {signIn.busy ? t('signIn.busy') : ''}
        </p>
      </form>
      {open && <OpenChannels lobby={open} chosen={withAt(channel)} choose={chooseChannel} />}
      <p class="sign-in-foot">{t('signIn.native')}</p>
      <button class="button is-quiet" type="button" aria-keyshortcuts="Control+," onClick={openPreferences}>
        <Icon name="preferences" />
        {t('preferences.open')}
      </button>
    </main>
  );
}

function endText(end: SessionEnd): string {
  switch (end.cause) {
    case 'expired':
      return t('signIn.ended.expired');
    case 'elsewhere':
      return t('signIn.ended.elsewhere');
    case 'server':
      return t('signIn.ended.server', { reason: end.text });
  }
}
