/** Whether a text mentions a user: `@name`, in any letter case, not as part of a longer word. */
export function mentions(text: string, username: string): boolean {
  if (username === '') return false;
  const wanted = `@${username.toLowerCase()}`;
  const lower = text.toLowerCase();
  const isWord = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}_]/u.test(sign);
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1)) {
    const ends = /[\p{L}\p{N}_]$/u.test(wanted);
    if (!isWord(lower[at - 1]) && !(ends && isWord(lower[at + wanted.length]))) return true;
  }
  return false;
}
