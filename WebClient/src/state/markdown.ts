/**
 * The markdown of messages: a small part of CommonMark that stays readable where it is not rendered, which is what native clients show. One grammar (docs/markdown.md),
 * written here and in Shared/Markdown, held together by tests/Vectors/markdown.json. Makes a tree, never markup.
 */
export type Block =
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'list'; readonly start: number | null; readonly items: readonly (readonly Inline[])[] };

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly href: string; readonly inlines: readonly Inline[] }
  | { readonly kind: 'bold' | 'italic' | 'strike'; readonly inlines: readonly Inline[] };

/** How deep quotes may stand in quotes and emphasis in emphasis; what is deeper is text. */
const maxDepth = 4;

const fence = /^```([A-Za-z0-9+#.-]{0,20})[ \t]*$/;
const closingFence = /^```[ \t]*$/;
const quote = /^> ?/;
const bullet = /^[-*•][ \t]+(?=\S)/;
const ordinal = /^([0-9]{1,3})[.)][ \t]+(?=\S)/;

export function parseMarkdown(text: string): readonly Block[] {
  return blocksOf(text.split('\n'), 0);
}

function blocksOf(lines: readonly string[], depth: number): readonly Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const endParagraph = (): void => {
    if (paragraph.length > 0) blocks.push({ kind: 'paragraph', inlines: paragraph.flatMap((line, i) => lineOf(line, i > 0)) });
    paragraph = [];
  };
  for (let at = 0; at < lines.length; ) {
    const [block, next] = blockAt(lines, at, depth);
    if (block !== null || isBlank(lines[at] ?? '')) endParagraph();
    else paragraph.push(lines[at] ?? '');
    if (block !== null) blocks.push(block);
    at = next;
  }
  endParagraph();
  return blocks.map((block) => (block.kind === 'paragraph' ? { ...block, inlines: joined(block.inlines) } : block));
}

/** What begins at a line and is more than a line of a paragraph, and the line behind it. */
function blockAt(lines: readonly string[], at: number, depth: number): readonly [Block | null, number] {
  const line = lines[at] ?? '';
  const opening = fence.exec(line);
  if (opening) {
    const end = lines.findIndex((later, i) => i > at && closingFence.test(later));
    if (end > 0) return [{ kind: 'code', language: opening[1] ?? '', text: lines.slice(at + 1, end).join('\n') }, end + 1];
  }
  const run = (pattern: RegExp): number => {
    let end = at;
    while (end < lines.length && pattern.test(lines[end] ?? '')) end++;
    return end;
  };
  const itemsOf = (end: number, pattern: RegExp): readonly (readonly Inline[])[] => lines.slice(at, end).map((item) => inlinesOf(item.replace(pattern, ''), 0));
  if (quote.test(line) && depth < maxDepth) {
    const end = run(quote);
    return [{ kind: 'quote', blocks: blocksOf(lines.slice(at, end).map((quoted) => quoted.replace(quote, '')), depth + 1) }, end];
  }
  if (bullet.test(line)) return [{ kind: 'list', start: null, items: itemsOf(run(bullet), bullet) }, run(bullet)];
  const number = ordinal.exec(line);
  if (number) return [{ kind: 'list', start: Number(number[1]), items: itemsOf(run(ordinal), ordinal) }, run(ordinal)];
  return [null, at + 1];
}

const isBlank = (line: string): boolean => /^[ \t]*$/.test(line);

const lineOf = (line: string, follows: boolean): Inline[] => [...(follows ? [{ kind: 'text', text: '\n' } as const] : []), ...inlinesOf(line, 0)];

/** Neighbouring texts as one. */
function joined(inlines: readonly Inline[]): readonly Inline[] {
  const whole: Inline[] = [];
  for (const inline of inlines) {
    const last = whole.at(-1);
    if (inline.kind === 'text' && last?.kind === 'text') whole[whole.length - 1] = { kind: 'text', text: last.text + inline.text };
    else whole.push(inline);
  }
  return whole;
}

const marks = [
  ['**', 'bold'],
  ['~~', 'strike'],
  ['*', 'italic'],
  ['_', 'italic'],
] as const;

const address = /https?:\/\/[^\s<>"']+/iy;
const label = /\[([^[\]\n]+)\]\((https?:\/\/[^\s<>"'()]+)\)/iy;

function inlinesOf(line: string, depth: number): readonly Inline[] {
  const inlines: Inline[] = [];
  const hopeless = new Set<string>();
  let text = '';
  const add = (inline: Inline): void => {
    if (text !== '') inlines.push({ kind: 'text', text });
    text = '';
    inlines.push(inline);
  };
  for (let at = 0; at < line.length; ) {
    const character = line[at] ?? '';
    if (character === '\\' && isPunctuation(line[at + 1])) {
      text += line[at + 1] ?? '';
      at += 2;
      continue;
    }
    if (character === '`') {
      const ticks = runOf(line, at);
      const end = closingTicks(line, at + ticks, ticks);
      if (end >= 0) add({ kind: 'code', text: codeText(line.slice(at + ticks, end)) });
      else text += line.slice(at, at + ticks);
      at = end >= 0 ? end + ticks : at + ticks;
      continue;
    }
    const link = character === '[' ? matchAt(label, line, at) : null;
    if (link) {
      add({ kind: 'link', href: link[2] ?? '', inlines: inlinesOf(link[1] ?? '', maxDepth) });
      at += link[0].length;
      continue;
    }
    const plain = (character === 'h' || character === 'H') && !isWord(line[at - 1]) ? matchAt(address, line, at) : null;
    if (plain) {
      // Marks behind an address are the end of an emphasis around it.
      const shown = plain[0].replace(/[*_~`]+$/, '');
      text += shown;
      at += shown.length;
      continue;
    }
    const mark = depth < maxDepth ? marks.find(([sign]) => line.startsWith(sign, at)) : undefined;
    if (mark) {
      const [sign, kind] = mark;
      const end = hopeless.has(sign) || !opens(line, at, sign) ? -1 : closing(line, at + sign.length, sign);
      if (end >= 0) {
        add({ kind, inlines: inlinesOf(line.slice(at + sign.length, end), depth + 1) });
        at = end + sign.length;
      } else {
        if (opens(line, at, sign)) hopeless.add(sign);
        text += sign;
        at += sign.length;
      }
      continue;
    }
    text += character;
    at++;
  }
  if (text !== '') inlines.push({ kind: 'text', text });
  return inlines;
}

function matchAt(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}

/** How many backticks stand in a row. */
function runOf(line: string, at: number): number {
  let end = at;
  while (line[end] === '`') end++;
  return end - at;
}

/** Where as many backticks stand again, no more and no fewer; -1 if nowhere. */
function closingTicks(line: string, from: number, ticks: number): number {
  for (let at = line.indexOf('`', from); at >= 0; ) {
    const run = runOf(line, at);
    if (run === ticks) return at;
    at = line.indexOf('`', at + run);
  }
  return -1;
}

/** One space at each end is there to keep backticks apart. */
const codeText = (text: string): string => (/^ .*[^ ].* $/.test(text) ? text.slice(1, -1) : text);

/** An emphasis begins before something visible, and not within a word. */
function opens(line: string, at: number, sign: string): boolean {
  const next = line[at + sign.length];
  return !isWord(line[at - 1]) && next !== undefined && !isSpace(next) && next !== sign[0];
}

/** Where an emphasis ends: behind something visible, and not within a word. Code and escaped characters are passed over. -1 if nowhere. */
function closing(line: string, from: number, sign: string): number {
  for (let at = from; at < line.length; ) {
    const character = line[at] ?? '';
    if (character === '\\') at += 2;
    else if (character === '`') {
      const ticks = runOf(line, at);
      const end = closingTicks(line, at + ticks, ticks);
      at = end >= 0 ? end + ticks : at + ticks;
    } else if (line.startsWith(sign, at) && at > from) {
      let run = at;
      while (line[run] === sign[0]) run++;
      if (run - at === sign.length && !isSpace(line[at - 1] ?? ' ') && !isWord(line[run])) return at;
      at = run;
    } else at++;
  }
  return -1;
}

const isSpace = (character: string): boolean => character === ' ' || character === '\t';
const isWord = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{Nd}]/u.test(character);
const isPunctuation = (character: string | undefined): boolean => character !== undefined && /[!-/:-@[-`{-~]/.test(character);
