import type { Problem } from '../connection/chatError';
import type { ConnectionStatus } from '../connection/connector';
import type { SignInResponse } from '../connection/contract';
import type { OutboxEntry } from '../connection/outboxStore';
import { initialState, type ChannelKey, type ChatState, type Session, type SessionEnd } from './chatState';

/** What of the sign-in answer the page keeps. */
export function sessionOf(answer: SignInResponse): Session {
  const { resumeSeconds: _, ...session } = answer;
  return session;
}

export const signingIn = (state: ChatState): ChatState => ({
  ...state,
  signIn: { ...state.signIn, busy: true, problem: null },
});

export const signInFailed = (state: ChatState, problem: Problem): ChatState => ({
  ...state,
  signIn: { ...state.signIn, busy: false, problem },
});

export const signedIn = (state: ChatState, session: Session): ChatState => ({
  ...state,
  session,
  signIn: initialState.signIn,
});

/** The session is over; the form offers the way back. `ended` is null if the user wanted it so. */
export function signedOut(state: ChatState, ended: SessionEnd | null): ChatState {
  const active = state.active === null ? undefined : state.channels.get(state.active);
  return {
    ...initialState,
    attentive: state.attentive,
    drafts: ended === null ? {} : state.drafts,
    signIn: {
      ...initialState.signIn,
      ended,
      username: ended === null ? '' : (state.session?.username ?? ''),
      channel: active?.name ?? '',
    },
  };
}

export const connectionChanged = (state: ChatState, connection: ConnectionStatus): ChatState => ({ ...state, connection });

/** The first message that waits in a channel says for how long. */
export function outboxChanged(
  state: ChatState,
  entries: readonly OutboxEntry[],
  sending: ReadonlySet<string>,
  waits: ReadonlyMap<ChannelKey, number>,
): ChatState {
  const left = new Map(waits);
  const waitOf = ({ channel, problem }: OutboxEntry): number | null => {
    const until = problem ? null : (left.get(channel) ?? null);
    if (until !== null) left.delete(channel);
    return until;
  };
  return {
    ...state,
    pending: entries.map((entry) => ({
      id: entry.id, channel: entry.channel, text: entry.text, createdAt: entry.createdAt, problem: entry.problem,
      replyTo: entry.replyTo ?? null, waitsUntil: waitOf(entry),
      phase: entry.problem ? 'failed' : sending.has(entry.id) ? 'sending' : 'queued',
    })),
  };
}

export function draftChanged(state: ChatState, key: ChannelKey, text: string): ChatState {
  if ((state.drafts[key] ?? '') === text) return state;
  const { [key]: _, ...others } = state.drafts;
  return { ...state, drafts: text === '' ? others : { ...others, [key]: text } };
}

/** Takes over the drafts another tab has saved, but for that of the channel shown here: it is being written, or would be put under the writer's hands. */
export function draftsTaken(state: ChatState, saved: ChatState['drafts']): ChatState {
  if (!state.session) return state;
  const { active } = state;
  const own = active === null ? '' : (state.drafts[active] ?? '');
  const taken = { ...saved };
  if (active !== null && own !== '') taken[active] = own;
  else if (active !== null) delete taken[active];
  const keys = Object.keys(taken);
  // Without a change there must be nothing to save: two tabs would answer each other for ever.
  const same = keys.length === Object.keys(state.drafts).length && keys.every((key) => taken[key] === state.drafts[key]);
  return same ? state : { ...state, drafts: taken };
}
