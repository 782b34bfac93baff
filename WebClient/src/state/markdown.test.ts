import { describe, expect, it } from 'vitest';
import vectors from '../../../tests/Vectors/markdown.json';
import { parseMarkdown, type Block, type Inline } from './markdown';

const inlineTree = (inline: Inline): unknown => {
  switch (inline.kind) {
    case 'text': return inline.text;
    case 'code': return ['code', inline.text];
    case 'link': return ['a', inline.href, ...inline.inlines.map(inlineTree)];
    default: return [{ bold: 'b', italic: 'i', strike: 's' }[inline.kind], ...inline.inlines.map(inlineTree)];
  }
};

const blockTree = (block: Block): unknown => {
  switch (block.kind) {
    case 'paragraph': return ['p', ...block.inlines.map(inlineTree)];
    case 'code': return ['pre', block.language, block.text];
    case 'quote': return ['quote', ...block.blocks.map(blockTree)];
    case 'list': {
      const items = block.items.map((item) => item.map(inlineTree));
      return block.start === null ? ['ul', ...items] : ['ol', block.start, ...items];
    }
  }
};

describe('markdown', () => {
  it.each(vectors)('$name', ({ text, tree }) => {
    expect(parseMarkdown(text).map(blockTree)).toEqual(tree);
  });

  it.each(['**', '*a ', '_a', '`', '[', '[a](', '\\', '> ', '~~x~~ ', '*`', 'https://', '``` ', '`a``b'])('reads %s over and over in time', (part) => {
    const text = part.repeat(Math.ceil(10_000 / part.length));
    const time = (): number => {
      const started = performance.now();
      parseMarkdown(text);
      return performance.now() - started;
    };
    // The quickest of some: a busy machine may hold up any of them.
    expect(Math.min(...Array.from({ length: 5 }, time))).toBeLessThan(1_000);
  });
});
