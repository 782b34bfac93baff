// Turns the data of the npm package any-ascii (ISC licence, see THIRD-PARTY-NOTICES.md) into Shared/KaiChat/any-ascii.bin,
// which the server and the client carry as an embedded resource. Run it only to renew the table:
//
//   cd eng/any-ascii && npm ci && npm run generate
//
// The file is Brotli-compressed text: a line for each block of 256 code points that has mappings, made of the block's number
// (code point / 256) in hex, then one tab-separated cell for each code point up to the last that has a mapping. An empty cell is a
// character without one. What NativeText does beside the table stands in Shared/KaiChat/AsciiTable.cs, not here.

import { writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import anyAscii from 'any-ascii';

const target = new URL('../../Shared/KaiChat/any-ascii.bin', import.meta.url);
const printable = /^[\x20-\x7e]*$/;
const lines = [];
let mappings = 0;

for (let number = 0; number <= 0x10ff; number++) {
  const cells = Array.from({ length: 256 }, (_, low) => {
    const codePoint = number * 256 + low;
    return codePoint < 0x80 ? '' : anyAscii(String.fromCodePoint(codePoint)); // ASCII stands for itself
  });
  while (cells.length > 0 && cells.at(-1) === '') cells.pop();
  if (cells.length === 0) continue;
  for (const [low, cell] of cells.entries()) {
    if (!printable.test(cell)) {
      throw new Error(`U+${(number * 256 + low).toString(16)} maps to something that is not printable ASCII: ${JSON.stringify(cell)}`);
    }
    if (cell !== '') mappings++;
  }
  lines.push([number.toString(16), ...cells].join('\t'));
}

const text = Buffer.from(lines.join('\n'), 'latin1');
const packed = brotliCompressSync(text, {
  params: {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  },
});
writeFileSync(target, packed);
console.log(`${mappings} mappings in ${lines.length} blocks, ${packed.length} bytes`);
