import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { operations } from '../api/operations';
import type { RaidLevelInfo } from '../api/types';
import { ConfirmDialog } from '../components/confirmDialog';
import { useConsole } from '../components/console';
import { When } from '../components/facts';
import { Duration } from '../components/form';
import { Loaded } from '../components/loaded';
import { ScreenHead } from '../components/screen';
import { useResource } from '../components/useResource';
import { formatMinutes, t } from '../i18n';

export function RaidScreen(): JSX.Element {
  const { api } = useConsole();
  const raid = useResource('raid', (signal) => api.call(operations.getRaidLevel, { signal }), ['audit']);
  return (
    <>
      <ScreenHead title={t('screen.raid')} lead={t('raid.lead')} />
      <Loaded of={raid}>{(now) => <Levels now={now} changed={raid.reload} />}</Loaded>
    </>
  );
}

function Levels({ now, changed }: { readonly now: RaidLevelInfo; readonly changed: () => void }): JSX.Element {
  const console = useConsole();
  const id = useId();
  const [chosen, setChosen] = useState(now.level);
  const [minutes, setMinutes] = useState<number | null>(60);
  const [asking, setAsking] = useState(false);
  const step = now.levels.find(({ level }) => level === chosen);
  const set = async (level: number, length: number | null): Promise<void> => {
    await console.api.call(operations.setRaidLevel, { body: level > 0 && length !== null ? { level, minutes: length } : { level } });
    changed();
  };
  const before = now.level;
  return (
    <>
      <p class={now.level > 0 ? 'verdict is-stopped' : 'verdict'} role="status">
        {t('raid.now', { level: now.level, name: now.name })} {now.effect} {now.until && <>{t('raid.until')} <When at={now.until} />.</>}
      </p>
      <form
        class="form is-wide"
        onSubmit={(event) => {
          event.preventDefault();
          setAsking(true);
        }}
      >
        <fieldset class="group">
          <legend>{t('raid.choose')}</legend>
          <div class="steps">
            {now.levels.map(({ level, name, effect }) => (
              <div key={level} class="step">
                <input
                  id={`${id}-${level}`} type="radio" name="level" value={level} checked={chosen === level} aria-describedby={`${id}-${level}-effect`}
                  onChange={() => setChosen(level)}
                />
                <label for={`${id}-${level}`}>{t('raid.level', { level, name })}</label>
                <p id={`${id}-${level}-effect`} class="hint">{effect}</p>
              </div>
            ))}
          </div>
        </fieldset>
        {chosen > 0 && <Duration label={t('raid.minutes')} minutes={minutes} changed={setMinutes} endless={t('raid.endless')} />}
        <div><button class="button is-primary" type="submit" disabled={chosen === now.level && chosen === 0}>{t('raid.set')}</button></div>
      </form>
      {asking && step && (
        <ConfirmDialog
          title={t('raid.confirm', { level: step.level, name: step.name })} confirm={t('raid.set')} danger={step.level > 0} closed={() => setAsking(false)}
          run={async () => {
            await set(step.level, minutes);
            console.done(t('raid.done', { level: step.level, name: step.name }), () => set(before, minutes));
          }}
        >
          <p>{step.effect}</p>
          {step.level > 0 && minutes !== null && <p>{t('raid.falls', { time: formatMinutes(minutes) })}</p>}
        </ConfirmDialog>
      )}
    </>
  );
}
