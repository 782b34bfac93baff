/** A text with a mention in place of its selection, set off from its neighbours, and where the cursor stands behind it. */
export function mentioned(text: string, from: number, to: number, username: string): { readonly text: string; readonly cursor: number } {
  const [before, after] = [text.slice(0, from), text.slice(to)];
  const start = `${before}${before === '' || /\s$/.test(before) ? '' : ' '}@${username} `;
  return { text: start + after.replace(/^ /, ''), cursor: start.length };
}
