import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { operations } from '../api/operations';
import type { ChannelDetails, NativeNotice, NativePolicy } from '../api/types';
import { useConsole } from '../components/console';
import { ErrorNotice } from '../components/errorNotice';
import { Checkbox, Input, Select } from '../components/form';
import { useAction } from '../components/useResource';
import { t } from '../i18n';

interface ChannelFormProps {
  readonly channel: ChannelDetails;
  readonly changed: () => void;
}

const changes = ['edits', 'deletions', 'reactions'] as const;
const quiet: NativePolicy = { edits: 'silent', deletions: 'silent', reactions: 'silent' };

/** What operators settle for a channel. It is saved only over the state that it was filled from. */
export function ChannelForm({ channel, changed }: ChannelFormProps): JSX.Element {
  const console = useConsole();
  const action = useAction();
  const [base, setBase] = useState(channel.etag);
  const [topic, setTopic] = useState(channel.topic);
  const [readOnly, setReadOnly] = useState(channel.readOnly);
  const [days, setDays] = useState(channel.retentionDays ? String(channel.retentionDays) : '');
  const [kept, setKept] = useState(channel.kept);
  const [native, setNative] = useState<NativePolicy | null>(channel.native);
  const before = { topic: channel.topic, readOnly: channel.readOnly, retentionDays: channel.retentionDays, native: channel.native, kept: channel.kept };

  const save = async (): Promise<void> => {
    const path = { name: channel.name };
    const body = { topic: topic.trim(), readOnly, retentionDays: days === '' ? null : Number(days), native, kept };
    const answer = await console.api.call(operations.changeChannel, { path, body, ifMatch: base });
    setBase(answer.etag);
    changed();
    const undo = async (): Promise<void> => {
      const undone = await console.api.call(operations.changeChannel, { path, body: before, ifMatch: answer.etag });
      setBase(undone.etag);
      setTopic(before.topic);
      setReadOnly(before.readOnly);
      setDays(before.retentionDays ? String(before.retentionDays) : '');
      setNative(before.native);
      setKept(before.kept);
      changed();
    };
    // Of a closed channel for which nothing is settled any more, nothing is left that could be changed back.
    const isLeft = answer.openedAt !== null || answer.topic !== '' || answer.readOnly || answer.kept || answer.native !== null || answer.retentionDays !== null;
    console.done(t('channel.saved', { name: channel.name }), isLeft ? undo : null);
  };

  return (
    <form
      class="form is-wide"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(save);
      }}
    >
      <Input label={t('channels.topic')} value={topic} changed={setTopic} maxLength={200} />
      <Checkbox label={t('channel.readOnly')} hint={t('channel.readOnly.hint')} checked={readOnly} changed={setReadOnly} />
      <Checkbox label={t('channel.kept')} hint={t('channel.kept.hint')} checked={kept} changed={setKept} />
      <Input label={t('channel.retention')} hint={t('channel.retention.hint')} type="number" min={1} max={36500} value={days} changed={setDays} />
      <fieldset class="group">
        <legend>{t('channel.native')}</legend>
        <p class="hint">{t('channel.native.hint')}</p>
        <Checkbox label={t('channel.native.default')} checked={native === null} changed={(asServer) => setNative(asServer ? null : quiet)} />
        {native && (
          <div class="columns">
            {changes.map((change) => (
              <Select
                key={change} label={t(`channel.native.${change}`)} value={native[change]}
                choices={(['silent', 'note'] as const).map((value) => ({ value, label: t(`channel.native.${value}`) }))}
                changed={(value) => setNative({ ...native, [change]: value as NativeNotice })}
              />
            ))}
          </div>
        )}
      </fieldset>
      <ErrorNotice
        error={action.error} kept={t('error.formKept')}
        {...(action.error?.status === 412 && {
          // What is there now becomes what this is saved over: the operator has been told, and has the form before him.
          retry: () => void console.api.call(operations.getChannel, { path: { name: channel.name } }).then((now) => {
            setBase(now.etag);
            action.clear();
            changed();
          }),
        })}
      />
      <div><button class="button is-primary" type="submit" disabled={action.busy}>{action.busy ? t('action.busy') : t('action.save')}</button></div>
    </form>
  );
}
