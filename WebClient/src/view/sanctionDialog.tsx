import type { JSX, TargetedSubmitEvent } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { ChatError, Problem } from '../connection/chatError';
import type { SanctionRequest } from '../connection/contract';
import { t, type TextKey } from '../i18n';
import { useClient } from './clientContext';
import { Dialog } from './dialog';
import type { SanctionDraft } from './dialogs';
import { ProblemText } from './problemText';
import { kicked } from './moderating';
import { useSanctionPreview } from './sanctionPreview';

const maxReason = 200;

const durations: readonly (readonly [number | null, TextKey])[] = [
  [10, 'sanction.for.tenMinutes'],
  [60, 'sanction.for.hour'],
  [1_440, 'sanction.for.day'],
  [10_080, 'sanction.for.week'],
  [null, 'sanction.for.ever'],
];

const titles: Readonly<Record<SanctionDraft['act'], TextKey>> = { kick: 'sanction.kick.title', mute: 'sanction.mute.title', ban: 'sanction.ban.title' };
const names: Readonly<Record<SanctionDraft['act'], TextKey>> = { kick: 'sanction.kick', mute: 'sanction.mute', ban: 'sanction.ban' };

/** Asks an operator how long and why, and shows whom it would meet before it is done. */
export function SanctionDialog({ draft, closed }: { readonly draft: SanctionDraft; readonly closed: () => void }): JSX.Element {
  const { moderation } = useClient();
  const { act, username, channel } = draft;
  const id = useId();
  const [minutes, setMinutes] = useState(draft.minutes ?? (act === 'mute' ? 10 : null));
  const [everywhere, setEverywhere] = useState(false);
  const [byAddress, setByAddress] = useState(draft.byAddress);
  const [reason, setReason] = useState(draft.reason);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const request: SanctionRequest | null =
    act === 'kick' ? null : { kind: act, username, byAddress: act === 'ban' && byAddress, channel: everywhere ? null : channel, minutes, reason: reason.trim() };
  const choices = durations.some(([known]) => known === minutes) ? durations : [[minutes, 'sanction.for.minutes'] as const, ...durations];

  return (
    <Dialog title={t(titles[act], { name: username, channel })} closed={closed}>
      {(close) => {
        const submit = async (event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> => {
          event.preventDefault();
          if (reason.trim() === '' || busy) return;
          setBusy(true);
          setProblem(null);
          try {
            if (request) await moderation.impose(request);
            else await kicked(moderation, channel, username, reason.trim());
            close();
          } catch (error) {
            setProblem((error as ChatError).problem);
            setBusy(false);
          }
        };
        return (
          <form class="sanction" onSubmit={(event) => void submit(event)}>
            {act === 'kick' && <p>{t('sanction.kick.text')}</p>}
            {request && (
              <>
                <div class="field">
                  <label for={`${id}-time`}>{t('sanction.duration')}</label>
                  <select
                    id={`${id}-time`}
                    value={String(minutes)}
                    onChange={(event) => setMinutes(event.currentTarget.value === 'null' ? null : Number(event.currentTarget.value))}
                  >
                    {choices.map(([value, text]) => (
                      <option key={String(value)} value={String(value)}>
                        {t(text, { count: value ?? 0 })}
                      </option>
                    ))}
                  </select>
                </div>
                <Check checked={everywhere} changed={setEverywhere} label={t('sanction.everywhere', { channel })} />
                {act === 'ban' && <Check checked={byAddress} changed={setByAddress} label={t('sanction.byAddress')} />}
              </>
            )}
            <div class="field">
              <label for={`${id}-reason`}>{t('sanction.reason')}</label>
              <input
                id={`${id}-reason`}
                type="text"
                required
                autoFocus
                autocomplete="off"
                maxLength={maxReason}
                value={reason}
                aria-describedby={`${id}-note`}
                onInput={(event) => setReason(event.currentTarget.value)}
              />
              <p id={`${id}-note`} class="hint">
                {t('sanction.reason.hint')}
              </p>
            </div>
            {request && <Preview request={request} />}
            {problem && <ProblemText problem={problem} />}
            <div class="actions">
              <button class="button" type="button" onClick={close}>
                {t('dialog.cancel')}
              </button>
              <button class="button is-danger" type="submit" disabled={busy}>
                {t(names[act])}
              </button>
            </div>
          </form>
        );
      }}
    </Dialog>
  );
}

interface CheckProps {
  readonly checked: boolean;
  readonly changed: (checked: boolean) => void;
  readonly label: string;
}

function Check({ checked, changed, label }: CheckProps): JSX.Element {
  return (
    <label class="check">
      <input type="checkbox" checked={checked} onChange={(event) => changed(event.currentTarget.checked)} />
      {label}
    </label>
  );
}

/** Whom it would meet of those who are here now. */
function Preview({ request }: { readonly request: SanctionRequest }): JSX.Element {
  const met = useSanctionPreview(request);
  return (
    <p class="hint" role="status">
      {met === null && t('sanction.preview.asking')}
      {met?.length === 0 && t('sanction.preview.nobody')}
      {met && met.length > 0 && t('sanction.preview', { count: met.length, names: met.join(', ') })}
    </p>
  );
}
