import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Dialog } from '../../view/dialog';
import type { SanctionKind, SanctionPreview } from '../api/types';
import { useConsole } from '../components/console';
import { ErrorNotice } from '../components/errorNotice';
import { Duration, Input } from '../components/form';
import { useAction } from '../components/useResource';
import { t } from '../i18n';
import { given, sanctionOperations, whomOf } from './sanctions';

interface SanctionDialogProps {
  readonly kind: SanctionKind;
  readonly username: string;
  readonly network: string;
  readonly done: () => void;
  readonly closed: () => void;
}

/** So many at once are typed for, not only clicked. */
const large = 10;

/** A ban or a mute: first whom it meets now, then the deed. What is changed in the form makes the preview one of something else, so it goes. */
export function SanctionDialog({ kind, done, closed, ...first }: SanctionDialogProps): JSX.Element {
  const console = useConsole();
  const action = useAction();
  const [form, setForm] = useState({ username: first.username, network: first.network, channel: '', reason: '' });
  const [minutes, setMinutes] = useState<number | null>(1440);
  const [preview, setPreview] = useState<SanctionPreview | null>(null);
  const [typed, setTyped] = useState('');
  const calls = sanctionOperations[kind];
  /** Counts the changes: an answer that comes after one is about something else. */
  const version = useRef(0);
  const change = (part: Partial<typeof form>): void => {
    version.current++;
    setForm({ ...form, ...part });
    setPreview(null);
  };
  const body = given({
    username: form.username.trim(), network: form.network.trim(), channel: form.channel.trim(), reason: form.reason.trim(), minutes,
  });
  const hits = preview?.hits.length ?? 0;
  const word = whomOf(form);
  const ready = preview !== null && (hits < large || typed.trim() === word);

  const submit = async (close: () => void): Promise<void> => {
    if (preview === null) {
      const asked = version.current;
      const answer = await console.api.call(calls.preview, { query: { dryRun: true }, body });
      if (asked === version.current) setPreview(answer);
      return;
    }
    const sanction = await console.api.call(calls.create, { body });
    close();
    done();
    console.done(t(`sanctions.${kind}.done`, { whom: whomOf(sanction), count: hits }), async () => {
      await console.api.call(calls.lift, { path: { id: sanction.id } });
      done();
    });
  };

  return (
    <Dialog title={t(`sanctions.${kind}.new`)} closed={closed}>
      {(close) => (
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            if (preview === null || ready) void action.run(() => submit(close));
          }}
        >
          <p class="hint">{t('sanctions.new.hint')}</p>
          <Input label={t('sanctions.username')} value={form.username} changed={(username) => change({ username })} maxLength={10} />
          <Input label={t('sanctions.network')} hint={t('sanctions.network.hint')} value={form.network} changed={(network) => change({ network })} maxLength={50} />
          <Input label={t('sanctions.channel')} hint={t('sanctions.channel.hint')} value={form.channel} changed={(channel) => change({ channel })} maxLength={50} />
          <Input label={t('sanctions.reason')} value={form.reason} changed={(reason) => change({ reason })} required maxLength={200} />
          <Duration label={t('sanctions.length')} minutes={minutes} changed={setMinutes} endless={t('sanctions.endless')} />
          <div role="status">
            {preview && (
              <div class="notice">
                <div class="notice-text">
                  <p>{t('sanctions.hits', { count: hits })}</p>
                  <ul class="hits">
                    {preview.hits.slice(0, 20).map(({ username, address, origin, connectionIds }, i) => (
                      <li key={i}>{username} {address && <code>{address}</code>} {t(`kind.${origin}`)}, {t('sanctions.connections', { count: connectionIds.length })}</li>
                    ))}
                  </ul>
                  {hits > 20 && <p>{t('sanctions.hits.more', { count: hits - 20 })}</p>}
                </div>
              </div>
            )}
          </div>
          {preview && hits >= large && <Input label={t('confirm.type', { word })} value={typed} changed={setTyped} required />}
          <ErrorNotice error={action.error} kept={t('error.formKept')} />
          <div class="actions">
            <button class="button is-quiet" type="button" onClick={close}>{t('action.cancel')}</button>
            {preview === null
              ? <button class="button is-primary" type="submit" disabled={action.busy}>{action.busy ? t('action.busy') : t('sanctions.preview')}</button>
              : <button class="button is-danger" type="submit" disabled={action.busy || !ready}>{action.busy ? t('action.busy') : t(`sanctions.${kind}.do`)}</button>}
          </div>
        </form>
      )}
    </Dialog>
  );
}
