import type { JSX } from 'preact';
import { t } from '../i18n';
import { countOf, type Coming } from '../state/comings';

/** Who came and went between two messages: one line, which unfolds. It is not read out. */
export function ComingsRow({ comings, folded }: { readonly comings: readonly Coming[]; readonly folded: boolean }): JSX.Element {
  return (
    <li class="row-comings" aria-live="off">
      {folded ? (
        <details>
          <summary>{summary(comings)}</summary>
          <ul>
            {comings.map((coming) => (
              <li key={coming.id}>{sentence(coming)}</li>
            ))}
          </ul>
        </details>
      ) : (
        comings.map(sentence)
      )}
    </li>
  );
}

function summary(comings: readonly Coming[]): string {
  const { joined, left } = countOf(comings);
  return [joined > 0 ? t('comings.joined', { count: joined }) : '', left > 0 ? t('comings.left', { count: left }) : ''].filter(Boolean).join(', ');
}

const sentence = ({ username, joined }: Coming): string => t(joined ? 'comings.one.joined' : 'comings.one.left', { name: username });
