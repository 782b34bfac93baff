import type { JSX } from 'preact';
import { t, type TextKey } from '../i18n';

const rows: readonly (readonly [string, TextKey])[] = [
  ['from:anna', 'search.help.from'],
  ['mentions:anna', 'search.help.mentions'],
  ['in:@dev', 'search.help.in'],
  ['after:2026-11-01', 'search.help.after'],
  ['before:2026-12-01', 'search.help.before'],
  ['"as it stands"', 'search.help.phrase'],
  ['begin*', 'search.help.beginning'],
];

/** What a query may hold. */
export function SearchHelp(): JSX.Element {
  return (
    <details class="search-help">
      <summary>{t('search.help')}</summary>
      <dl>
        {rows.map(([example, key]) => (
          <div key={example}>
            <dt>
              <code>{example}</code>
            </dt>
            <dd>{t(key)}</dd>
          </div>
        ))}
      </dl>
      <p>{t('search.help.all')}</p>
    </details>
  );
}
