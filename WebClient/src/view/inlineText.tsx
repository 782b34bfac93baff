import type { ComponentChild, JSX } from 'preact';
import type { Inline } from '../state/markdown';
import { piecesOf, type Piece } from '../state/mentions';
import { pathOfChannel } from '../state/route';
import { linkTo, segmentsOf, showControls } from '../state/text';
import { useClient } from './clientContext';
import { useKnownNamesHere } from './knownNames';
import { followWith } from './links';

/** What stands in a line: emphasis, code, links, and addresses that stand there as they are. */
export function Inlines({ inlines }: { readonly inlines: readonly Inline[] }): JSX.Element {
  return <>{inlines.map((inline, i) => nodeOf(inline, i))}</>;
}

function nodeOf(inline: Inline, key: number): ComponentChild {
  switch (inline.kind) {
    case 'text':
      return <PlainText key={key} text={inline.text} />;
    case 'code':
      return <code key={key}>{showControls(inline.text)}</code>;
    case 'bold':
      return <strong key={key}><Inlines inlines={inline.inlines} /></strong>;
    case 'italic':
      return <em key={key}><Inlines inlines={inline.inlines} /></em>;
    case 'strike':
      return <s key={key}><Inlines inlines={inline.inlines} /></s>;
    case 'link':
      return <LabelledLink key={key} address={inline.href} label={inline.inlines} />;
  }
}

function PlainText({ text }: { readonly text: string }): JSX.Element {
  return (
    <>
      {segmentsOf(text).map(({ text: shown, href, host }, i) => {
        if (href !== null) return <OutLink href={href} host={host}>{shown}</OutLink>;
        // The names that are known change with every load of history: only texts that may name somebody are drawn again then.
        return shown.includes('@') ? <Named key={i} text={shown} /> : shown;
      })}
    </>
  );
}

/** A text with the people and channels that are named in it marked. */
function Named({ text }: { readonly text: string }): JSX.Element {
  const known = useKnownNamesHere();
  return (
    <>
      {piecesOf(text, known).map((piece, i) => {
        if (piece.kind === 'text') return piece.text;
        if (piece.kind === 'channel') return <ChannelLink key={i} piece={piece} />;
        return (
          <span key={i} class={piece.name === known.own ? 'mention is-own' : 'mention'}>
            {piece.text}
          </span>
        );
      })}
    </>
  );
}

function ChannelLink({ piece }: { readonly piece: Piece }): JSX.Element {
  const client = useClient();
  return (
    <a class="channel-link" href={pathOfChannel(piece.name)} onClick={followWith(() => client.show(piece.name))}>
      {piece.text}
    </a>
  );
}

/** Text in a link is text, also if it looks like another address. */
function LabelledLink({ address, label }: { readonly address: string; readonly label: readonly Inline[] }): JSX.Element {
  const nodes = label.map((inline, i) => {
    if (inline.kind === 'code') return <code key={i}>{showControls(inline.text)}</code>;
    return inline.kind === 'text' ? showControls(inline.text) : null;
  });
  const link = linkTo(address, label.map((inline) => ('text' in inline ? inline.text : '')).join(''));
  return link ? <OutLink href={link.href} host={link.host}><bdi>{nodes}</bdi></OutLink> : <>{nodes}</>;
}

function OutLink({ href, host, children }: { readonly href: string; readonly host: string | null; readonly children: ComponentChild }): JSX.Element {
  return (
    <>
      <a href={href} target="_blank" rel="noopener noreferrer">{children}</a>
      {host !== null && <span class="link-host"> ({host})</span>}
    </>
  );
}
