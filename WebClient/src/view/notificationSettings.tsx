import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { t } from '../i18n';
import { levels, type QuietHours } from '../state/arrangement';
import { arrangement } from './arrangement';
import { useStore } from './hooks';
import { levelTexts } from './levelTexts';
import { canNotify } from './notifier';

/** What quiet hours are at first: from ten in the evening to seven in the morning. */
const night: QuietHours = { from: 22 * 60, to: 7 * 60 };

/** Whether and of what the system tells while the page is not looked at. The permission is asked for by the switch, and nowhere else. */
export function NotificationSettings(): JSX.Element {
  const own = useStore(arrangement.store);
  const [permission, setPermission] = useState(canNotify() ? Notification.permission : 'unsupported');
  const on = own.notify && permission === 'granted';
  const turn = async (wanted: boolean): Promise<void> => {
    const answer = wanted && permission === 'default' ? await Notification.requestPermission() : permission;
    setPermission(answer);
    arrangement.update((current) => ({ ...current, notify: wanted && answer === 'granted' }));
  };
  const setQuiet = (quiet: QuietHours | null): void => arrangement.update((current) => ({ ...current, quiet }));

  return (
    <fieldset class="choice notification-settings">
      <legend>{t('notify.label')}</legend>
      <label>
        <input
          type="checkbox"
          checked={on}
          disabled={permission === 'unsupported' || permission === 'denied'}
          onChange={(event) => void turn(event.currentTarget.checked)}
        />
        {t('notify.switch')}
      </label>
      {permission === 'denied' && <p class="hint">{t('notify.denied')}</p>}
      {permission === 'unsupported' && <p class="hint">{t('notify.unsupported')}</p>}
      {on && (
        <>
          <Levels />
          <label>
            <input type="checkbox" checked={own.quiet !== null} onChange={(event) => setQuiet(event.currentTarget.checked ? night : null)} />
            {t('notify.quiet')}
          </label>
          {own.quiet && (
            <div class="quiet-hours">
              <Time label={t('notify.quiet.from')} minute={own.quiet.from} changed={(from) => own.quiet && setQuiet({ ...own.quiet, from })} />
              <Time label={t('notify.quiet.to')} minute={own.quiet.to} changed={(to) => own.quiet && setQuiet({ ...own.quiet, to })} />
            </div>
          )}
        </>
      )}
    </fieldset>
  );
}

function Levels(): JSX.Element {
  const id = useId();
  const { level } = useStore(arrangement.store);
  return (
    <div class="field">
      <label for={id}>{t('notify.level')}</label>
      <select
        id={id}
        value={level}
        onChange={(event) => {
          const chosen = levels.find((each) => each === event.currentTarget.value);
          if (chosen) arrangement.update((current) => ({ ...current, level: chosen }));
        }}
      >
        {levels.map((each) => (
          <option key={each} value={each}>
            {t(levelTexts[each])}
          </option>
        ))}
      </select>
    </div>
  );
}

interface TimeProps {
  readonly label: string;
  /** Since midnight. */
  readonly minute: number;
  readonly changed: (minute: number) => void;
}

function Time({ label, minute, changed }: TimeProps): JSX.Element {
  const id = useId();
  const two = (value: number): string => String(value).padStart(2, '0');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="time"
        value={`${two(Math.floor(minute / 60))}:${two(minute % 60)}`}
        onChange={(event) => {
          const [hours = NaN, minutes = NaN] = event.currentTarget.value.split(':').map(Number);
          if (Number.isInteger(hours * 60 + minutes)) changed(hours * 60 + minutes);
        }}
      />
    </div>
  );
}
