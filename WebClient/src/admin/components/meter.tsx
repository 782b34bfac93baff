import type { JSX } from 'preact';
import { formatNumber } from '../i18n';

/** How far a work is. */
export function Meter({ label, share }: { readonly label: string; readonly share: number }): JSX.Element {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <span class="meter">
      <progress aria-label={label} max={100} value={percent} />
      <span>{formatNumber(percent)} %</span>
    </span>
  );
}
