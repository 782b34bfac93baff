/** The channel an address names, with its `@`; null if it names none. */
export function channelOfPath(path: string): string | null {
  const match = /^\/c\/([^/]+)\/?$/.exec(path);
  if (!match?.[1]) return null;
  try {
    const name = decodeURIComponent(match[1]);
    return name.startsWith('@') ? name : `@${name}`;
  } catch {
    return null;
  }
}

/** The address of a channel. `@` stays readable. */
export const pathOfChannel = (name: string): string => `/c/${encodeURIComponent(name).replace(/^%40/, '@')}`;
