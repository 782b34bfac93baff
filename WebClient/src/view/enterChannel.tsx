import type { JSX, TargetedSubmitEvent } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { checkChannel, withAt } from '../state/names';
import { Field } from './field';
import { channelText } from './nameText';

/** The form to enter a further channel. */
export function EnterChannel({ show }: { readonly show: (name: string) => void }): JSX.Element {
  const [name, setName] = useState('');
  const [submitted, setSubmitted] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const problem = name === '' && !submitted ? null : checkChannel(withAt(name));

  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (problem ?? checkChannel(withAt(name))) {
      setSubmitted(true);
      field.current?.focus();
      return;
    }
    show(withAt(name));
    setName('');
    setSubmitted(false);
  };

  return (
    <form class="enter-channel" aria-label={t('channels.enter')} noValidate onSubmit={submit}>
      <Field
        label={t('signIn.channel')}
        error={channelText(problem)}
        value={name}
        changed={(value) => {
          setSubmitted(false);
          setName(value);
        }}
        inputRef={field}
        name="channel"
        autocomplete="off"
      />
      <button class="button" type="submit">
        {t('signIn.submit')}
      </button>
    </form>
  );
}
