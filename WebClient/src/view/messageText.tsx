import type { JSX } from 'preact';
import { segmentsOf } from '../state/text';

/** A message's text as nodes: plain stretches and links, never markup. */
export function MessageText({ text }: { readonly text: string }): JSX.Element {
  return (
    <p class="message-text" dir="auto">
      {segmentsOf(text).map(({ text: shown, href, host }) =>
        href === null ? (
          shown
        ) : (
          <>
            <a href={href} target="_blank" rel="noopener noreferrer">
              {shown}
            </a>
            {host !== null && <span class="link-host"> ({host})</span>}
          </>
        ),
      )}
    </p>
  );
}
