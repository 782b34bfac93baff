import type { ComponentChildren, JSX } from 'preact';
import { formatFull, formatRecent, t } from '../i18n';

/** Names and values, side by side where there is room. */
export function Facts({ facts }: { readonly facts: readonly (readonly [name: string, value: ComponentChildren])[] }): JSX.Element {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? '–'}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A time in short, in full on demand. */
export function When({ at, none }: { readonly at: string | null | undefined; readonly none?: string }): JSX.Element {
  if (!at) return <>{none ?? '–'}</>;
  return <time dateTime={at} title={formatFull(at)}>{formatRecent(at)}</time>;
}

export function Kind({ origin }: { readonly origin: 'web' | 'native' }): JSX.Element {
  return <span class={`badge is-${origin}`}>{t(`kind.${origin}`)}</span>;
}
