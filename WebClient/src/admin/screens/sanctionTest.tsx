import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { operations } from '../api/operations';
import type { SanctionCheck, SanctionKind } from '../api/types';
import { useConsole } from '../components/console';
import { ErrorNotice } from '../components/errorNotice';
import { When } from '../components/facts';
import { Input } from '../components/form';
import { useAction } from '../components/useResource';
import { t } from '../i18n';
import { whomOf } from './sanctions';

type Results = Readonly<Record<SanctionKind, SanctionCheck>>;

/** "Would this be stopped, and by which rule?" */
export function SanctionTest(): JSX.Element {
  const { api } = useConsole();
  const action = useAction();
  const [form, setForm] = useState({ username: '', address: '', channel: '' });
  const [result, setResult] = useState<Results | null>(null);
  const change = (part: Partial<typeof form>): void => {
    setForm({ ...form, ...part });
    setResult(null);
  };
  return (
    <form
      class="form is-wide"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(async () => {
          const query = { ...form };
          setResult({ ban: await api.call(operations.checkBan, { query }), mute: await api.call(operations.checkMute, { query }) });
        });
      }}
    >
      <div class="columns">
        <Input label={t('sanctions.username')} value={form.username} changed={(username) => change({ username })} />
        <Input label={t('connections.address')} value={form.address} changed={(address) => change({ address })} />
        <Input label={t('sanctions.channel')} value={form.channel} changed={(channel) => change({ channel })} />
        <button class="button" type="submit" disabled={action.busy}>{t('sanctions.test.submit')}</button>
      </div>
      <ErrorNotice error={action.error} />
      <div role="status" class="prose">
        {result && (['ban', 'mute'] as const).map((kind) => <Verdict key={kind} kind={kind} check={result[kind]} />)}
      </div>
    </form>
  );
}

function Verdict({ kind, check: { sanction } }: { readonly kind: SanctionKind; readonly check: SanctionCheck }): JSX.Element {
  if (!sanction) return <p class="verdict">{t(`sanctions.test.${kind}.free`)}</p>;
  return (
    <p class="verdict is-stopped">
      {t(`sanctions.test.${kind}`, { whom: whomOf(sanction), by: sanction.by, reason: sanction.reason })}{' '}
      {t('sanctions.until')}: <When at={sanction.until} none={t('sanctions.endless')} />
    </p>
  );
}
