/** More pasted lines than this are asked about. */
const most = 10;

export const lineCount = (text: string): number => text.replace(/\r\n?/g, '\n').trimEnd().split('\n').length;

export const isLong = (text: string): boolean => lineCount(text) > most;

/** The text as a block of code; native clients see it between its two fences. A fence within would end it: then it is indented by a space. */
export function asBlock(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\s+$/, '').replace(/^```/gm, ' ```');
  return `\`\`\`\n${lines}\n\`\`\``;
}
