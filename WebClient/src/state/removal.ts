import type { Channel } from './chatState';

/** The server has removed the messages through a seq for good: what is held of them goes, and leaves no hole; what is gone is unread no more. */
export function removed(channel: Channel, throughSeq: number): Channel {
  if (throughSeq <= channel.removedThrough) return channel;
  const { newAfterSeq, composing, readSeq, lastSeq } = channel;
  const isLineLeft = newAfterSeq === null || newAfterSeq >= throughSeq;
  return withoutRemoved({
    ...channel,
    removedThrough: throughSeq,
    readSeq: Math.max(readSeq, Math.min(throughSeq, lastSeq)),
    newAfterSeq: isLineLeft ? newAfterSeq : throughSeq < lastSeq ? throughSeq : null,
    composing: composing && composing.seq <= throughSeq ? null : composing,
  });
}

/** Without what has been removed: a page of history, or an event, may have been on its way meanwhile. */
export function withoutRemoved(channel: Channel): Channel {
  const { removedThrough: through, messages } = channel;
  const first = messages.findIndex(({ seq }) => seq > through);
  const left = first === 0 || messages.length === 0 ? messages : first < 0 ? [] : messages.slice(first);
  const begins = (left[0]?.seq ?? channel.lastSeq + 1) <= through + 1;
  const hasEarlier = !begins && (channel.hasEarlier || left.length < messages.length);
  const hasLater = channel.hasLater && channel.lastSeq > through;
  const isSame = left === messages && hasEarlier === channel.hasEarlier && hasLater === channel.hasLater;
  return isSame ? channel : { ...channel, messages: left, hasEarlier, hasLater };
}
