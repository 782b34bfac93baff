import { channelKey, withChannel, type ChatState } from './chatState';

/** Notices a channel keeps; older ones go. */
const maxKept = 20;

/** A word of the server where it came in its channel. */
export function noticeArrived(state: ChatState, channelName: string, text: string, own = false): ChatState {
  return withChannel(state, channelKey(channelName), (channel) => {
    const id = (channel.notices.at(-1)?.id ?? 0) + 1;
    return { ...channel, notices: [...channel.notices, { id, afterSeq: channel.lastSeq, text, ...(own ? { own: true as const } : {}) }].slice(-maxKept) };
  });
}

/** A word of the server to everybody, above all channels; said again, it is there once. */
export const broadcastArrived = (state: ChatState, text: string, dismissible: boolean): ChatState => ({
  ...state,
  notices: [...state.notices.filter((old) => old.text !== text), { text, dismissible }].slice(-maxKept),
});

export const noticeDismissed = (state: ChatState, text: string): ChatState => ({
  ...state,
  notices: state.notices.filter((notice) => notice.text !== text),
});
