import { formatTime } from '../i18n';
import { copiedText, type Copied } from '../state/copying';
import { isPending, type Row } from '../state/rows';

/** Copies a selection over several messages as tidy text; within one message the browser does what it always does. */
export function copyMessages(event: ClipboardEvent, view: HTMLElement, rows: readonly Row[], username: string): void {
  const selection = getSelection();
  if (!selection || selection.rangeCount === 0 || !event.clipboardData) return;
  const range = selection.getRangeAt(0);
  const copied = rows.flatMap((row): readonly Copied[] => {
    // Nothing is left of a deleted message to be copied.
    if (row.kind !== 'message') return [];
    const text = selectedOf(view, row.key, range, row.message.text);
    const { message } = row;
    if (text === '') return [];
    return isPending(message)
      ? [{ time: formatTime(message.createdAt), author: username, text }]
      : [{ time: formatTime(Date.parse(message.sentAt)), author: message.author, text }];
  });
  if (copied.length < 2) return;
  event.preventDefault();
  event.clipboardData.setData('text/plain', copiedText(copied));
}

/** A message that is selected as a whole is copied as it was written; of another the selected part. */
function selectedOf(view: HTMLElement, key: string, range: Range, whole: string): string {
  const element = view.querySelector(`[data-row="${CSS.escape(key)}"] .message-text`);
  if (!element || !range.intersectsNode(element)) return '';
  const part = document.createRange();
  part.selectNodeContents(element);
  const all = part.toString();
  if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) part.setStart(range.startContainer, range.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
  const selected = part.toString();
  return selected === all ? whole : selected;
}
