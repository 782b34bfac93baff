import { parseMarkdown, type Block, type Inline } from './markdown';

/** A stretch of a text: as it is, somebody's name behind an `@`, or a channel. `name` is in lower case; of a channel with its `@`. */
export interface Piece {
  readonly kind: 'text' | 'mention' | 'channel';
  readonly text: string;
  readonly name: string;
}

/** Whom and what a text can name, in lower case; channels with their `@`. */
export interface Known {
  readonly names: ReadonlySet<string>;
  readonly channels: ReadonlySet<string>;
}

export const nobody: Known = { names: new Set(), channels: new Set() };

const longestName = 10;
const longestChannel = 50;
const address = /\bhttps?:\/\/[^\s<>"']+/gi;
/** Scripts that write no spaces set a name right beside their letters, so these are no part of a longer word. The server has the same ranges. */
const apart =
  /[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3041-\u318f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\u{1b000}-\u{1b16f}\u{20000}-\u{3ffff}]/u;

/** Splits a plain text without addresses at what is known in it. The longest fits; where both do, somebody's name rather than a channel. */
export function piecesOf(text: string, known: Known): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const found = at < from ? null : foundAt(text, at, known);
    if (!found) continue;
    if (at > from) pieces.push(plain(text.slice(from, at)));
    pieces.push(found);
    from = at + found.text.length;
  }
  if (from < text.length || pieces.length === 0) pieces.push(plain(text.slice(from)));
  return pieces;
}

/** Whether a message mentions somebody, wherever markdown allows it. */
export function mentions(text: string, username: string): boolean {
  const name = username.toLowerCase();
  // Nearly all messages stop here.
  if (name === '' || !text.toLowerCase().includes(`@${name}`)) return false;
  const known: Known = { names: new Set([name]), channels: nobody.channels };
  return textsOf(parseMarkdown(text)).some((plainText) => piecesOf(plainText.replace(address, '/'), known).some(({ kind }) => kind === 'mention'));
}

const plain = (text: string): Piece => ({ kind: 'text', text, name: '' });

function foundAt(text: string, at: number, { names, channels }: Known): Piece | null {
  if (!isStart(text, at)) return null;
  const end = printableEnd(text, at);
  for (let to = end; to > at + 1; to--) {
    if (!isEnd(text, to)) continue;
    const whole = text.slice(at, to);
    const name = whole.slice(1).toLowerCase();
    if (name.length <= longestName && names.has(name)) return { kind: 'mention', text: whole, name };
    if (channels.has(`@${name}`)) return { kind: 'channel', text: whole, name: `@${name}` };
  }
  return null;
}

/** How far a name could reach: names are printable ASCII. */
function printableEnd(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && end - at <= longestChannel && /[ -~]/.test(text[end] ?? '')) end++;
  return end;
}

/** Not within a word, an address or a path. */
function isStart(text: string, at: number): boolean {
  const before = at === 0 ? '' : (text[at - 1] ?? '');
  return !/[@/.-]/.test(before) && !isWord([...text.slice(Math.max(0, at - 2), at)].at(-1));
}

function isEnd(text: string, to: number): boolean {
  const [next, second] = text.slice(to, to + 4);
  return !isWord(next) && !(next !== undefined && /[-.@]/.test(next) && isWord(second));
}

const isWord = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{Nd}_]/u.test(character) && !apart.test(character);

/** What of a message is plain text: no code, no text of a link. */
function textsOf(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case 'paragraph': return inlineTexts(block.inlines);
      case 'quote': return textsOf(block.blocks);
      case 'list': return block.items.flatMap(inlineTexts);
      case 'code': return [];
    }
  });
}

const inlineTexts = (inlines: readonly Inline[]): readonly string[] =>
  inlines.flatMap((inline) => {
    if (inline.kind === 'text') return [inline.text];
    return inline.kind === 'code' || inline.kind === 'link' ? [] : inlineTexts(inline.inlines);
  });
