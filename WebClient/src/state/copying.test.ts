import { expect, it } from 'vitest';
import { copiedText } from './copying';

it('several messages are copied with time and author, as they were written', () => {
  expect(copiedText([
    { time: '12:31', author: 'anna', text: 'hello' },
    { time: '12:32', author: 'ben', text: '**two**\nlines' },
  ])).toBe('[12:31] anna: hello\n[12:32] ben: **two**\nlines');
});
