import type { JSX } from 'preact';
import type { Member } from '../connection/contract';
import type { ChannelKey } from '../state/chatState';

interface MemberActionsProps {
  readonly channel: ChannelKey;
  readonly member: Member;
}

/** What operators may do about a member. */
export function MemberActions(_: MemberActionsProps): JSX.Element | null {
  return null;
}
