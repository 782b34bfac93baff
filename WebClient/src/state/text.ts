/** A stretch of a message's text: plain, or a link. `host` is set where the link's real host reads otherwise than the text shows. */
export interface Segment {
  readonly text: string;
  readonly href: string | null;
  readonly host: string | null;
}

const address = /\bhttps?:\/\/[^\s<>"']+/gi;
const trailing = /[.,;:!?…)\]}]+$/;

/** Splits a text into plain stretches and links, http and https only. */
export function segmentsOf(text: string): readonly Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    const link = withoutPunctuation(match[0]);
    if (!URL.canParse(link)) continue;
    const url = new URL(link);
    if (match.index > from) segments.push(plain(text.slice(from, match.index)));
    const host = shownHost(link) === url.hostname ? null : url.hostname;
    segments.push({ text: showControls(link), href: url.href, host });
    from = match.index + link.length;
  }
  if (from < text.length || segments.length === 0) segments.push(plain(text.slice(from)));
  return segments;
}

/** Where a link with a text of its own leads, and its host unless the text is the address or the host; null if it leads nowhere. */
export function linkTo(address: string, label: string): { readonly href: string; readonly host: string | null } | null {
  if (!URL.canParse(address)) return null;
  const { href, hostname } = new URL(address);
  const isSaid = label === hostname || (label === address && shownHost(address) === hostname);
  return { href, host: isSaid ? null : hostname };
}

const plain = (text: string): Segment => ({ text: showControls(text), href: null, host: null });

/** What stands in the host's place, with whatever is put before it to pass for the host: the rest of an address may name any host. */
const shownHost = (link: string): string | undefined => /^https?:\/\/([^/\\?#]*?)(?::\d*)?(?=[/\\?#]|$)/i.exec(link)?.[1]?.toLowerCase();

/** A full stop behind an address ends the sentence, a bracket behind it closes what was opened before it. */
function withoutPunctuation(link: string): string {
  const tail = trailing.exec(link)?.[0] ?? '';
  let end = link.length - tail.length;
  for (const mark of tail) {
    const opening = { ')': '(', ']': '[', '}': '{' }[mark];
    if (opening === undefined || count(link.slice(0, end), opening) <= count(link.slice(0, end), mark)) break;
    end++;
  }
  return link.slice(0, end);
}

const count = (text: string, mark: string): number => text.split(mark).length - 1;

/** Control characters as symbols: they must neither act nor vanish. Line breaks and tabs stay what they are. */
export function showControls(text: string): string {
  return text.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}

/** A text as the server will take it, so that it does not change its shape when it is confirmed; empty if nothing is visible. */
export const tidy = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(/^(?:[^\S\n]*\n)+/, '').trimEnd();

const lineLength = 120;

/** The first line of a text in which something is visible, as it was written; of a long one the beginning. */
export function firstLine(text: string): string {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '')?.trim() ?? '';
  const characters = [...line];
  return showControls(characters.length > lineLength ? `${characters.slice(0, lineLength).join('')}…` : line);
}
