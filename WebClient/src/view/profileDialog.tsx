import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { MemberProfile, Origin } from '../connection/contract';
import { formatFullDate, t } from '../i18n';
import { presenceText } from '../i18n/presenceText';
import { knownOf } from '../state/members';
import { nameColor } from '../state/nameColor';
import { pathOfChannel } from '../state/route';
import { Avatar } from './avatar';
import { useClient } from './clientContext';
import { copyName } from './clipboard';
import { Dialog } from './dialog';
import type { Who } from './dialogs';
import { useStore } from './hooks';
import { followWith } from './links';
import { mentionInComposer } from './mentioning';
import { MuteForMe } from './muteForMe';

interface ProfileDialogProps {
  readonly who: Who;
  readonly closed: () => void;
}

/** Who somebody is, as far as the members of a channel may know it of each other. */
export function ProfileDialog({ who, closed }: ProfileDialogProps): JSX.Element {
  const client = useClient();
  const state = useStore(client.store);
  const { id, username, origin } = who;
  const { member, shared, succeeded } = knownOf(state, id, username);
  const own = id === state.session?.sessionId;
  const told = useProfile(shared[0]?.name ?? null, id, state.connection.phase === 'online');
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <Dialog title={t('profile.title', { name: username })} closed={closed}>
      {(close) => (
        <div class="menu">
          <p class="profile-name">
            <Avatar username={username} />
            <bdi class={`name-${nameColor(username)}`}>{username}</bdi>
            {own && <span class="member-note">{t('members.you')}</span>}
          </p>
          <dl class="profile-facts">
            {member && <Fact name={t('profile.role')}>{t(member.operator ? 'members.operator.title' : 'profile.role.member')}</Fact>}
            <Fact name={t('profile.door')}>{doorText(origin, told)}</Fact>
            <Fact name={t('profile.presence')}>{member ? presenceText(member) : t(succeeded ? 'profile.succeeded' : 'profile.gone')}</Fact>
            {told && (
              <Fact name={t('profile.since')}>
                <Time at={told.since} />
              </Fact>
            )}
            {told?.lastPollAt && (
              <Fact name={t('profile.polled')}>
                <Time at={told.lastPollAt} />
              </Fact>
            )}
            {shared.length > 0 && (
              <Fact name={t('profile.channels')}>
                <ul class="profile-channels">
                  {shared.map(({ key, name }) => (
                    <li key={key}>
                      <a
                        href={pathOfChannel(name)}
                        onClick={followWith(() => {
                          close();
                          client.show(name);
                        })}
                      >
                        <bdi>{name}</bdi>
                      </a>
                    </li>
                  ))}
                </ul>
              </Fact>
            )}
          </dl>
          {!own && <MuteForMe username={username} />}
          <p class="hint" role="status">
            {copied !== null && t(copied ? 'profile.copied' : 'profile.notCopied')}
          </p>
          <div class="actions">
            <button class="button" type="button" onClick={() => void copyName(username).then(setCopied)}>
              {t('profile.copy')}
            </button>
            {!own && (
              <button
                class="button"
                type="button"
                onClick={() => {
                  close();
                  mentionInComposer(username);
                }}
              >
                {t('members.mention')}
              </button>
            )}
            <button class="button" type="button" onClick={close}>
              {t('drawer.close')}
            </button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

/** What the server tells of somebody in a channel; null before it has, and where it does not. */
function useProfile(channel: string | null, id: string, online: boolean): MemberProfile | null {
  const client = useClient();
  const [told, setTold] = useState<MemberProfile | null>(null);
  useEffect(() => {
    if (channel === null || !online) return;
    let wanted = true;
    client.profile(channel, id).then(
      (profile) => wanted && setTold(profile),
      // They have just gone, or the connection has: what the page knows by itself is shown.
      () => wanted && setTold(null),
    );
    return () => {
      wanted = false;
    };
  }, [channel, id, online]);
  return channel === null ? null : told;
}

function doorText(origin: Origin, told: MemberProfile | null): string {
  if (origin === 'web') return t('members.web.title');
  if (typeof told?.tls !== 'boolean') return t('members.native.title');
  return t(told.tls ? 'profile.native.tls' : 'profile.native.plain');
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Time({ at }: { readonly at: string }): JSX.Element {
  return <time dateTime={at}>{formatFullDate(Date.parse(at))}</time>;
}
