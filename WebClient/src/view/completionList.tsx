import type { JSX } from 'preact';
import { t } from '../i18n';
import type { CommandName } from '../state/commands';
import type { Option } from '../state/completion';
import { commandHelp, commandParts } from './commandTexts';

interface CompletionListProps {
  readonly id: string;
  readonly options: readonly Option[];
  readonly chosen: number;
  readonly pick: (option: Option) => void;
  /** The list has lost the focus, which it has only to be scrolled. */
  readonly left: () => void;
}

/** The ways to complete what is being typed, above the field. The field keeps the focus and says which one is chosen. */
export function CompletionList({ id, options, chosen, pick, left }: CompletionListProps): JSX.Element {
  return (
    <>
      {options.length > 0 && (
        <ul id={id} class="options completion" role="listbox" aria-label={t('completion.label')} tabIndex={0} onBlur={left}>
          {options.map((option, i) => (
            <li
              key={option.kind + option.insert}
              id={`${id}-${i}`}
              ref={(element) => {
                if (i === chosen) element?.scrollIntoView({ block: 'nearest' });
              }}
              role="option"
              aria-selected={i === chosen}
              // The field is not to lose the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(option)}
            >
              <OptionText option={option} />
            </li>
          ))}
        </ul>
      )}
      <p class="visually-hidden" role="status">
        {options.length > 0 && t('completion.count', { count: options.length })}
      </p>
    </>
  );
}

function OptionText({ option: { kind, label, detail } }: { readonly option: Option }): JSX.Element {
  if (kind !== 'command') {
    return (
      <>
        <bdi class="option-name">{label}</bdi>
        {detail !== '' && <span class="option-detail">:{detail}:</span>}
      </>
    );
  }
  return (
    <>
      <span class="option-name">
        {label} <span class="option-detail">{commandParts(detail as CommandName)}</span>
      </span>
      <span class="option-detail">{commandHelp(detail as CommandName)}</span>
    </>
  );
}
