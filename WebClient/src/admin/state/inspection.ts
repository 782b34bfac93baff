import type { InspectedPdu } from '../api/types';

/** PDUs that stay on the screen; older ones are in the download. */
export const mostPdus = 500;

export interface PduList {
  /** Newest last. */
  readonly pdus: readonly InspectedPdu[];
  /** How many were shown and are not any more. */
  readonly dropped: number;
}

export const noPdus: PduList = { pdus: [], dropped: 0 };

/** With a PDU more; one that comes again after a lost line is there once. */
export function withPdu(list: PduList, pdu: InspectedPdu): PduList {
  if ((list.pdus.at(-1)?.n ?? -1) >= pdu.n) return list;
  const pdus = [...list.pdus, pdu];
  const over = Math.max(0, pdus.length - mostPdus);
  return { pdus: over > 0 ? pdus.slice(over) : pdus, dropped: list.dropped + over };
}

/** The PDUs of one direction, or those that broke a rule. */
export type PduFilter = 'all' | 'in' | 'out' | 'violated';
export const shownPdus = (pdus: readonly InspectedPdu[], filter: PduFilter): readonly InspectedPdu[] =>
  pdus.filter((pdu) => filter === 'all' || (filter === 'violated' ? pdu.violated !== null && pdu.violated !== undefined : pdu.direction === filter));
