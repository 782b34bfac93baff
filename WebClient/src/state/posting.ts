import type { Mute } from '../connection/contract';
import type { Channel } from './chatState';

/** Why nothing can be posted in a channel. */
export type Hindrance = { readonly kind: 'muted'; readonly mute: Mute } | { readonly kind: 'read-only' };

/** What keeps the user from posting at a time, in milliseconds since 1970; null if nothing. A mute that is over is none, whether or not the server has said so yet. */
export function hindranceOf({ mute, settings, phase }: Channel, isOperator: boolean, now: number): Hindrance | null {
  if (phase === 'refused') return null;
  if (mute && (mute.until === null || Date.parse(mute.until) > now)) return { kind: 'muted', mute };
  return settings.readOnly && !isOperator ? { kind: 'read-only' } : null;
}
