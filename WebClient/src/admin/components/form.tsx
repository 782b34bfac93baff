import type { ComponentChildren, InputHTMLAttributes, JSX } from 'preact';
import { useId } from 'preact/hooks';
import { formatMinutes, t } from '../i18n';
import { offeredMinutes } from '../state/duration';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly changed: (value: string) => void;
}

export function Select({ label, value, choices, changed }: SelectProps): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => changed(event.currentTarget.value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} selected={choice.value === value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A time in minutes; null: without end. */
export function Duration({ label, minutes, changed, endless }: {
  readonly label: string;
  readonly minutes: number | null;
  readonly changed: (minutes: number | null) => void;
  /** What having no end is called; without it there is always one. */
  readonly endless?: string;
}): JSX.Element {
  const offered = offeredMinutes.filter((offer) => offer !== null || endless !== undefined);
  return (
    <Select
      label={label}
      value={String(minutes)}
      choices={offered.map((offer) => ({ value: String(offer), label: offer === null ? (endless ?? '') : formatMinutes(offer) }))}
      changed={(value) => changed(value === 'null' ? null : Number(value))}
    />
  );
}

export function Checkbox({ label, hint, checked, changed }: {
  readonly label: ComponentChildren;
  readonly hint?: string;
  readonly checked: boolean;
  readonly changed: (checked: boolean) => void;
}): JSX.Element {
  const id = useId();
  return (
    <div class="checkbox">
      <input id={id} type="checkbox" checked={checked} aria-describedby={hint === undefined ? undefined : `${id}-hint`} onChange={(event) => changed(event.currentTarget.checked)} />
      <label for={id}>{label}</label>
      {hint !== undefined && <p id={`${id}-hint`} class="hint">{hint}</p>}
    </div>
  );
}

interface InputProps {
  readonly label: string;
  readonly value: string;
  readonly changed: (value: string) => void;
  readonly hint?: string;
  readonly type?: 'text' | 'number' | 'datetime-local' | 'password';
  readonly required?: boolean;
  readonly lines?: number;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly autocomplete?: string;
}

export function Input({ label, value, changed, hint, type = 'text', required = false, lines, autocomplete = 'off', ...limits }: InputProps): JSX.Element {
  const id = useId();
  const common = {
    ...limits, id, value, required, autocomplete, spellcheck: lines !== undefined, 'aria-describedby': hint === undefined ? undefined : `${id}-hint`,
  };
  return (
    <div class="field">
      <label for={id}>
        {label}
        {!required && type !== 'password' && <span class="optional"> {t('form.optional')}</span>}
      </label>
      {lines === undefined
        ? <input {...({ ...common, type } as InputHTMLAttributes<HTMLInputElement>)} onInput={(event) => changed(event.currentTarget.value)} />
        : <textarea {...common} rows={lines} onInput={(event) => changed(event.currentTarget.value)} />}
      {hint !== undefined && <p id={`${id}-hint`} class="hint">{hint}</p>}
    </div>
  );
}
