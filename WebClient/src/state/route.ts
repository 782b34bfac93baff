/** A place in the chat, as an address names it. */
export interface Route {
  /** With its `@`. */
  readonly channel: string;
  /** The message in it; null for the channel alone. */
  readonly seq: number | null;
}

/** The place an address names; null if it names none. What is no number of a message leads to the channel. */
export function routeOfPath(path: string): Route | null {
  const match = /^\/c\/([^/]+)(?:\/m\/([^/]*))?\/?$/.exec(path);
  if (!match?.[1]) return null;
  try {
    const name = decodeURIComponent(match[1]);
    return { channel: name.startsWith('@') ? name : `@${name}`, seq: seqOf(match[2]) };
  } catch {
    return null;
  }
}

function seqOf(text: string | undefined): number | null {
  const seq = /^\d{1,15}$/.test(text ?? '') ? Number(text) : 0;
  return seq > 0 ? seq : null;
}

/** The address of a channel. `@` stays readable. */
export const pathOfChannel = (name: string): string => `/c/${encodeURIComponent(name).replace(/^%40/, '@')}`;

/** The address of a message. */
export const pathOfMessage = (name: string, seq: number): string => `${pathOfChannel(name)}/m/${seq}`;

export const pathOf = ({ channel, seq }: Route): string => (seq === null ? pathOfChannel(channel) : pathOfMessage(channel, seq));
