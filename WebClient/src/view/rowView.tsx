import type { ComponentChild } from 'preact';
import { longestPage } from '../connection/channelSync';
import { t } from '../i18n';
import type { ChannelKey, Session } from '../state/chatState';
import type { DayRow } from '../state/rows';
import { showControls } from '../state/text';
import { useClient } from './clientContext';
import { ComingsRow } from './comingsRow';
import { MessageItem } from './messageItem';

interface RowViewProps {
  readonly row: DayRow;
  readonly channel: ChannelKey;
  readonly session: Session;
  readonly edit: (text: string) => void;
}

export function RowView({ row, channel, session, edit }: RowViewProps): ComponentChild {
  switch (row.kind) {
    case 'message':
      return (
        <MessageItem
          rowKey={row.key}
          message={row.message}
          head={row.head}
          own={row.own}
          parent={row.parent}
          change={row.change}
          session={session}
          edit={edit}
        />
      );
    case 'new':
      return (
        <li class="row-new">
          <span>{t('conversation.new')}</span>
        </li>
      );
    case 'notice':
      return (
        <li class="row-notice">
          <span class="notice-from">{t(row.own ? 'notice.own' : 'notice.from')}</span> <span dir="auto">{showControls(row.text)}</span>
        </li>
      );
    case 'comings':
      return <ComingsRow comings={row.comings} folded={row.folded} />;
    case 'gap':
      return <GapRow channel={channel} beforeSeq={row.beforeSeq} missing={row.missing} />;
  }
}

interface GapRowProps {
  readonly channel: ChannelKey;
  readonly beforeSeq: number;
  readonly missing: number;
}

function GapRow({ channel, beforeSeq, missing }: GapRowProps): ComponentChild {
  const { sync } = useClient();
  const fromStart = (): void => void sync.loadGap(channel, beforeSeq, missing, 'after');
  const fromEnd = (): void => void sync.loadGap(channel, beforeSeq, missing, 'before');
  return (
    <li class="row-gap">
      <span>{t('conversation.gap', { count: missing })}</span>
      {missing <= longestPage ? (
        <button class="button is-small" type="button" onClick={fromEnd}>
          {t('conversation.gap.load')}
        </button>
      ) : (
        <>
          <button class="button is-small" type="button" onClick={fromStart}>
            {t('conversation.gap.start')}
          </button>
          <button class="button is-small" type="button" onClick={fromEnd}>
            {t('conversation.gap.end')}
          </button>
        </>
      )}
    </li>
  );
}
