import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { operations } from '../api/operations';
import type { ChannelDetails, PurgePreview } from '../api/types';
import { ConfirmDialog } from '../components/confirmDialog';
import { useConsole } from '../components/console';
import { ErrorNotice } from '../components/errorNotice';
import { Input, Select } from '../components/form';
import { Link } from '../components/navigation';
import { useAction } from '../components/useResource';
import { formatDateTime, t } from '../i18n';

/** From how many messages on the channel's name is to be typed. */
const large = 100;

/** Removes old messages for good, after having said how many that would be. */
export function Purge({ channel }: { readonly channel: ChannelDetails }): JSX.Element {
  const console = useConsole();
  const { api } = console;
  const [by, setBy] = useState<'olderThanDays' | 'throughSeq'>('olderThanDays');
  const [value, setValue] = useState('');
  /** The answer, and what it is the answer to: only that is done. */
  const [preview, setPreview] = useState<(PurgePreview & { readonly body: Record<string, number> }) | null>(null);
  const [started, setStarted] = useState(false);
  const action = useAction();
  const path = { name: channel.name };
  const body = { [by]: Number(value) };
  return (
    <>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          setStarted(false);
          void action.run(async () => setPreview({ ...(await api.call(operations.previewPurge, { path, query: { dryRun: true }, body })), body }));
        }}
      >
        <p class="hint">{t('purge.lead')}</p>
        <div class="columns">
          <Select
            label={t('purge.by')} value={by} changed={(chosen) => setBy(chosen as typeof by)}
            choices={(channel.openedAt === null ? (['olderThanDays'] as const) : (['olderThanDays', 'throughSeq'] as const)).map((choice) => ({ value: choice, label: t(`purge.by.${choice}`) }))}
          />
          <Input label={t(`purge.${by}`)} type="number" required min={by === 'throughSeq' ? 1 : 0} value={value} changed={setValue} />
        </div>
        <ErrorNotice error={action.error} kept={t('error.nothingChanged')} />
        <div><button class="button" type="submit" disabled={action.busy}>{action.busy ? t('action.busy') : t('purge.preview')}</button></div>
        <p role="status">
          {started && <>{t('purge.started')} <Link to="jobs">{t('purge.job')}</Link></>}
          {preview?.messages === 0 && t('purge.none')}
        </p>
      </form>
      {preview && preview.messages > 0 && (
        <ConfirmDialog
          title={t('purge.confirm.title', { count: preview.messages })} confirm={t('purge.confirm')} word={preview.messages >= large ? channel.name : null}
          closed={() => setPreview(null)}
          run={async () => {
            await api.call(operations.purgeChannel, { path, body: preview.body });
            setStarted(true);
            console.done(t('purge.begun', { count: preview.messages, name: channel.name }));
          }}
        >
          <p>
            {t('purge.confirm.text', { count: preview.messages, name: channel.name })}
            {preview.from !== null && preview.until !== null && ` ${t('purge.confirm.span', { from: formatDateTime(preview.from), until: formatDateTime(preview.until) })}`}
          </p>
          <p>{t('purge.confirm.final')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
