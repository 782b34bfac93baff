import type { InputHTMLAttributes, JSX } from 'preact';
import { useId } from 'preact/hooks';

interface FieldProps extends Pick<InputHTMLAttributes<HTMLInputElement>, 'autocomplete' | 'name'> {
  readonly label: string;
  readonly hint?: string;
  readonly error: string | null;
  readonly value: string;
  readonly changed: (value: string) => void;
  readonly inputRef?: { current: HTMLInputElement | null };
}

/** A text field with its label, a hint, and in the hint's place what is wrong. */
export function Field({ label, hint, error, value, changed, inputRef, ...attributes }: FieldProps): JSX.Element {
  const id = useId();
  const note = error ?? hint;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        {...attributes}
        ref={inputRef ?? null}
        id={id}
        type="text"
        value={value}
        spellcheck={false}
        autocapitalize="none"
        aria-invalid={error !== null}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        onInput={(event) => changed(event.currentTarget.value)}
      />
      {note !== undefined && (
        <p id={`${id}-note`} class={error === null ? 'hint' : 'hint is-error'}>
          {note}
        </p>
      )}
    </div>
  );
}
