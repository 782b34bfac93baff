import { mentioned } from '../state/mentioned';

/** Puts a mention into the composer, where the cursor was, as if it had been typed there. */
export function mentionInComposer(username: string): void {
  const field = document.querySelector<HTMLTextAreaElement>('.composer textarea');
  if (!field) return;
  const { text, cursor } = mentioned(field.value, field.selectionStart, field.selectionEnd, username);
  field.value = text;
  field.setSelectionRange(cursor, cursor);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.focus();
}
