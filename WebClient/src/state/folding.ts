/** Longer messages are shown in part at first. */
const shownLines = 20;
/** A line that is longer than this counts as several: so much fits beside the other columns. */
const lineLength = 90;

const fence = /^```/;

/** The beginning of a long message, as markdown of its own; null if the whole is short enough. */
export function folded(text: string): string | null {
  const shown: string[] = [];
  let left = shownLines;
  let inCode = false;
  for (const line of text.split('\n')) {
    if (left <= 0) return inCode ? [...shown, '```'].join('\n') : shown.join('\n');
    const room = left * lineLength;
    left -= Math.max(1, Math.ceil(line.length / lineLength));
    if (line.length > room) return [...shown, `${whole(line, room)}…`, ...(inCode ? ['```'] : [])].join('\n');
    shown.push(line);
    if (fence.test(line)) inCode = !inCode;
  }
  return null;
}

/** The beginning of a line, no surrogate pair cut in two. */
const whole = (line: string, length: number): string => line.slice(0, /[\ud800-\udbff]/.test(line.charAt(length - 1)) ? length - 1 : length);
