import { channelKey, withChannel, type ChatState } from './chatState';

/** Notices a channel keeps; older ones go. */
const maxKept = 20;

/** A word of the server: shown where it came in its channel, or above all channels. */
export function noticeArrived(state: ChatState, channelName: string | null, text: string, own = false): ChatState {
  if (channelName === null) return { ...state, notices: [...state.notices.filter((old) => old !== text), text].slice(-maxKept) };
  return withChannel(state, channelKey(channelName), (channel) => {
    const id = (channel.notices.at(-1)?.id ?? 0) + 1;
    return { ...channel, notices: [...channel.notices, { id, afterSeq: channel.lastSeq, text, ...(own ? { own: true as const } : {}) }].slice(-maxKept) };
  });
}

export const noticeDismissed = (state: ChatState, text: string): ChatState => ({
  ...state,
  notices: state.notices.filter((notice) => notice !== text),
});
