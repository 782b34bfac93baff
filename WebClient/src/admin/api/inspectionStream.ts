import { addressOf, operations } from './operations';
import { closed, type EventSourceLike } from './live';
import type { InspectedPdu } from './types';

/** The PDUs of an inspection as they pass. Returns what ends the listening. */
export function watchInspection(
  open: (address: string) => EventSourceLike, id: string, tell: (pdu: InspectedPdu) => void, ended: () => void,
): () => void {
  const source = open(addressOf(operations.inspectionEvents, { id }));
  source.addEventListener('pdu', ({ data }) => tell(JSON.parse(data) as InspectedPdu));
  // The last event; a broken line before it the browser mends by itself.
  source.addEventListener('inspection.ended', () => {
    source.close();
    ended();
  });
  source.addEventListener('error', () => {
    if (source.readyState === closed) ended();
  });
  return () => source.close();
}
