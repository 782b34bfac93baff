import type { RemovalReason } from './contract';
import type { Moderation } from './moderation';

/** How many messages the server answers for in one call. */
const most = 200;
/** The rows of a page are drawn in parts: what they ask within so many milliseconds goes into one call. */
const gathering = 50;

interface Question {
  readonly seqs: number[];
  readonly answer: Promise<readonly RemovalReason[]>;
}

const open = new Map<string, Question>();

/** Why a moderator removed a message; null if no reason was given. Many that are asked for at about the same time are one call. */
export async function reasonOf(moderation: Moderation, channel: string, seq: number): Promise<string | null> {
  let question = open.get(channel);
  if (!question) {
    question = begin(moderation, channel);
    open.set(channel, question);
  }
  const { seqs, answer } = question;
  seqs.push(seq);
  if (seqs.length === most) open.delete(channel);
  return (await answer).find((found) => found.seq === seq)?.reason ?? null;
}

function begin(moderation: Moderation, channel: string): Question {
  const seqs: number[] = [];
  const asked = async (): Promise<readonly RemovalReason[]> => {
    await new Promise((resolve) => setTimeout(resolve, gathering));
    if (open.get(channel)?.seqs === seqs) open.delete(channel);
    return moderation.reasons(channel, seqs);
  };
  return { seqs, answer: asked() };
}
