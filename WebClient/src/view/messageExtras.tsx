import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Message } from '../connection/contract';
import { channelKey, type OwnChange } from '../state/chatState';
import { useClient } from './clientContext';
import { DeleteDialog } from './deleteDialog';
import { RefusedChange } from './failedActions';
import { ReactionPalette } from './reactionPalette';
import { Reactions } from './reactions';
import { RowActions } from './rowActions';

interface MessageExtrasProps {
  readonly message: Message;
  readonly own: boolean;
  readonly ownId: string;
  readonly change: OwnChange | null;
  readonly focused: boolean;
  /** Whether the row has the focus or the pointer. */
  readonly active: boolean;
  /** Gives the focus back to the row. */
  readonly focus: () => void;
}

/** What belongs to a message in the log: reactions, what can be done with it, and what the server refused of that. */
export function MessageExtras({ message, own, ownId, change, focused, active, focus }: MessageExtrasProps): JSX.Element {
  const { revisions } = useClient();
  const [open, setOpen] = useState<'palette' | 'dialog' | null>(null);
  const key = channelKey(message.channel);
  const { seq } = message;
  const close = (): void => {
    setOpen(null);
    focus();
  };
  return (
    <>
      {message.reactions !== undefined && <Reactions message={message} ownId={ownId} reachable={focused} />}
      {change && <RefusedChange message={message} change={change} />}
      {active && (
        <RowActions message={message} own={own} react={() => setOpen(open ? null : 'palette')} remove={() => setOpen('dialog')} />
      )}
      {open === 'palette' && (
        <ReactionPalette
          pick={(emoji) => {
            void revisions.react(key, seq, emoji, true);
            close();
          }}
          close={close}
        />
      )}
      {open === 'dialog' && <DeleteDialog confirm={() => void revisions.delete(key, seq)} closed={close} />}
    </>
  );
}
