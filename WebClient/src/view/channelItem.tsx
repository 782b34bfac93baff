import type { JSX } from 'preact';
import { t } from '../i18n';
import type { ChannelCare } from '../state/arrangement';
import type { Calls } from '../state/attention';
import type { Channel, ChannelKey } from '../state/chatState';
import { pathOfChannel } from '../state/route';
import { useClient } from './clientContext';
import { Counts } from './counts';
import { Icon, type IconName } from './icons';
import { followWith } from './links';
import { memo } from './memo';

export interface ListedChannel {
  readonly key: ChannelKey;
  readonly channel: Channel;
  readonly calls: Calls;
  readonly care: ChannelCare;
  /** Whether it has something to count. */
  readonly counts: boolean;
}

interface ChannelItemProps {
  readonly name: string;
  readonly channelKey: ChannelKey;
  readonly refused: boolean;
  readonly count: number;
  readonly mentions: number;
  readonly pinned: boolean;
  /** Nothing but mentions is counted. */
  readonly muted: boolean;
  readonly hidden: boolean;
  readonly active: boolean;
  readonly hasDraft: boolean;
  readonly show: (name: string) => void;
  readonly openMenu: (key: ChannelKey) => void;
  readonly dropOn: (from: ChannelKey, to: ChannelKey) => void;
}

const dragged = 'application/x-kaichat-channel';

export const ChannelItem = memo((props: ChannelItemProps) => <Item {...props} />);

function Item(props: ChannelItemProps): JSX.Element {
  const client = useClient();
  const { name, channelKey: key, count, mentions, active, openMenu, dropOn } = props;
  return (
    <li
      class={`channel-item${active ? ' is-active' : ''}${count > 0 ? ' is-unread' : ''}${props.muted ? ' is-muted' : ''}`}
      data-channel={key}
      draggable
      onDragStart={(event) => event.dataTransfer?.setData(dragged, key)}
      onDragOver={(event) => {
        if (event.dataTransfer?.types.includes(dragged)) event.preventDefault();
      }}
      onDrop={(event) => {
        const from = event.dataTransfer?.getData(dragged);
        if (!from) return;
        event.preventDefault();
        dropOn(from, key);
      }}
    >
      <a
        href={pathOfChannel(name)}
        draggable={false}
        aria-current={active ? 'page' : undefined}
        onClick={followWith(() => props.show(name))}
      >
        <bdi class="channel-name">{name}</bdi>
        {props.pinned && <ChannelMark icon="pin" text={t('channels.pinned')} />}
        {props.hidden ? <ChannelMark icon="hidden" text={t('channels.hidden')} /> : props.muted && <ChannelMark icon="muted" text={t('channels.muted')} />}
        {props.refused && <ChannelMark icon="failed" text={t('channels.refused')} error />}
        {props.hasDraft && !active && <ChannelMark icon="draft" text={t('channels.draft')} />}
        <Counts unread={props.muted ? 0 : count} mentions={mentions} />
      </a>
      {count > 0 && (
        <button
          class="icon-button leave"
          type="button"
          aria-label={t('channels.markRead', { channel: name })}
          title={t('channels.markRead', { channel: name })}
          onClick={() => client.marks.markRead(key)}
        >
          <Icon name="read" />
        </button>
      )}
      <button
        class="icon-button leave"
        type="button"
        aria-label={t('channels.menu', { channel: name })}
        title={t('channels.menu', { channel: name })}
        aria-haspopup="dialog"
        onClick={() => openMenu(key)}
      >
        <Icon name="more" />
      </button>
    </li>
  );
}

function ChannelMark({ icon, text, error }: { readonly icon: IconName; readonly text: string; readonly error?: boolean }): JSX.Element {
  return (
    <span class={error ? 'channel-mark is-error' : 'channel-mark'} title={text}>
      <Icon name={icon} />
      <span class="visually-hidden">{text}</span>
    </span>
  );
}
