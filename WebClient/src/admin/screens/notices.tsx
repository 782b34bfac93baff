import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { operations } from '../api/operations';
import { apiErrorOf, type ApiError } from '../api/apiError';
import type { NoticeReach } from '../api/types';
import { ConfirmDialog } from '../components/confirmDialog';
import { useConsole } from '../components/console';
import { ErrorNotice } from '../components/errorNotice';
import { Checkbox, Input, Select } from '../components/form';
import { ScreenHead, Section } from '../components/screen';
import { useResource } from '../components/useResource';
import { formatDateTime, formatNumber, t } from '../i18n';
import { given } from './sanctions';
import { ScheduledNotices } from './scheduledNotices';

/** How long to wait for another key before a preview is asked for, in milliseconds. */
const pause = 400;
/** From how many recipients on a word is to be typed. */
const large = 50;

export function NoticesScreen(): JSX.Element {
  const console = useConsole();
  const [text, setText] = useState('');
  const [channel, setChannel] = useState('');
  const [kind, setKind] = useState('');
  const [dismissible, setDismissible] = useState(true);
  const [sendAt, setSendAt] = useState('');
  const [preview, setPreview] = useState<NoticeReach | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [asking, setAsking] = useState(false);
  const time = sendAt === '' ? null : new Date(sendAt).toISOString();
  const body = given({ text: text.trim(), channel: channel.trim(), kind, dismissible, sendAt: time });
  const scheduled = useResource('notices', (signal) => console.api.all(operations.listNotices, { signal }), ['audit']);
  const asked = JSON.stringify(body);

  useEffect(() => {
    setPreview(null);
    setError(null);
    if (text.trim() === '') return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      console.api.call(operations.previewNotice, { query: { dryRun: true }, body, signal: abort.signal }).then(setPreview, (fault: unknown) => {
        if (!abort.signal.aborted) setError(apiErrorOf(fault));
      });
    }, pause);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [asked]);

  return (
    <>
      <ScreenHead title={t('screen.notices')} lead={t('notices.lead')} />
      <form
        class="form is-wide"
        onSubmit={(event) => {
          event.preventDefault();
          if (preview) setAsking(true);
        }}
      >
        <Input label={t('notices.text')} value={text} changed={setText} required lines={3} maxLength={500} />
        <div class="columns">
          <Input label={t('sanctions.channel')} hint={t('notices.channel.hint')} value={channel} changed={setChannel} maxLength={50} />
          <Select
            label={t('connections.kind')} value={kind} changed={setKind}
            choices={[{ value: '', label: t('notices.everybody') }, { value: 'web', label: t('kind.web') }, { value: 'native', label: t('kind.native') }]}
          />
        </div>
        <Input label={t('notices.sendAt')} hint={t('notices.sendAt.hint')} type="datetime-local" value={sendAt} changed={setSendAt} />
        <Checkbox label={t('notices.dismissible')} hint={t('notices.dismissible.hint')} checked={dismissible} changed={setDismissible} />
        <ErrorNotice error={error} kept={t('error.formKept')} />
        <Section title={t('notices.preview')}>
          <p role="status">{preview ? t(time === null ? 'notices.recipients' : 'notices.recipients.now', { count: preview.recipients }) : t('notices.preview.none')}</p>
          {preview && <Preview preview={preview} text={text.trim()} />}
        </Section>
        <div><button class="button is-primary" type="submit" disabled={preview === null}>{t(time === null ? 'notices.send' : 'notices.schedule')}</button></div>
      </form>
      <ScheduledNotices of={scheduled} />
      {asking && preview && (
        <ConfirmDialog
          title={time === null ? t('notices.confirm', { count: preview.recipients }) : t('notices.schedule.confirm', { at: formatDateTime(time) })}
          confirm={t(time === null ? 'notices.send' : 'notices.schedule')} danger={false} closed={() => setAsking(false)}
          word={preview.recipients >= large ? String(preview.recipients) : null}
          run={async () => {
            const { recipients, scheduled: planned } = await console.api.call(operations.createNotice, { body });
            console.done(planned === null ? t('notices.sent', { count: recipients }) : t('notices.scheduled.done', { at: formatDateTime(planned.sendAt) }));
            setText('');
            setSendAt('');
            scheduled.reload();
          }}
        >
          <p class="quote">{text.trim()}</p>
          <p>{time === null ? t('notices.confirm.text') : t('notices.schedule.text', { count: preview.recipients })}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function Preview({ preview: { native }, text }: { readonly preview: NoticeReach; readonly text: string }): JSX.Element {
  return (
    <div class="columns">
      <div>
        <h3>{t('kind.web')}</h3>
        <p class="quote">{text}</p>
      </div>
      <div>
        <h3>{t('notices.native', { count: native.lines.length, bytes: native.bytes })}</h3>
        <pre class="quote">{native.lines.join('\n')}</pre>
        {native.replacements.length > 0 && (
          <ul class="replacements">
            {native.replacements.map(({ original, replacement }, i) => (
              <li key={i}><q>{original}</q> → {replacement === '' ? t('notices.nothing') : <q>{replacement}</q>}</li>
            ))}
          </ul>
        )}
        {native.replacements.length === 0 && <p class="hint">{t('notices.same', { count: formatNumber(native.lines.length) })}</p>}
      </div>
    </div>
  );
}
