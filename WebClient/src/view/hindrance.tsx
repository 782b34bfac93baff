import type { JSX } from 'preact';
import { formatShort, t } from '../i18n';
import type { Hindrance } from '../state/posting';
import { showControls } from '../state/text';
import { ask } from './dialogs';
import { Icon } from './icons';

/** Why nothing can be written here, until when, and what helps. */
export function HindranceNote({ hindrance, id }: { readonly hindrance: Hindrance; readonly id: string }): JSX.Element {
  return (
    <div class="composing-bar is-hindrance">
      <Icon name="failed" />
      <p id={id} role="status">
        {textOf(hindrance)}
      </p>
      {hindrance.kind === 'read-only' && (
        <button class="button is-small" type="button" onClick={() => ask({ kind: 'operator' })}>
          {t('composer.readOnly.operator')}
        </button>
      )}
    </div>
  );
}

function textOf(hindrance: Hindrance): string {
  if (hindrance.kind === 'read-only') return t('composer.readOnly');
  const { by, reason, until } = hindrance.mute;
  const values = { by, reason: showControls(reason) };
  return until === null ? t('composer.muted', values) : t('composer.mutedUntil', { ...values, time: formatShort(Date.parse(until)) });
}
