import type { JSX } from 'preact';
import { nameColor } from '../state/nameColor';

/** A disc with the name's first letter, in the name's colour. */
export function Avatar({ username }: { readonly username: string }): JSX.Element {
  return (
    <span class={`avatar name-${nameColor(username)}`} aria-hidden="true">
      {username.slice(0, 1).toUpperCase()}
    </span>
  );
}
