/** A message, or the part of it that is selected. */
export interface Copied {
  /** As the page shows it. */
  readonly time: string;
  readonly author: string;
  readonly text: string;
}

/** Several messages as text that reads well elsewhere: `[12:31] anna: hello`. */
export const copiedText = (messages: readonly Copied[]): string =>
  messages.map(({ time, author, text }) => `[${time}] ${author}: ${text}`).join('\n');
