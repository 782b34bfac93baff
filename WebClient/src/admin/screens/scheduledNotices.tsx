import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { operations } from '../api/operations';
import type { ScheduledNotice } from '../api/types';
import { ConfirmDialog } from '../components/confirmDialog';
import { useConsole } from '../components/console';
import { DataTable, type Column } from '../components/dataTable';
import { When } from '../components/facts';
import { Loaded } from '../components/loaded';
import { Section } from '../components/screen';
import type { Resource } from '../components/useResource';
import { formatDateTime, t } from '../i18n';

/** The notices that wait for their time, and cancelling one. */
export function ScheduledNotices({ of }: { readonly of: Resource<{ readonly items: readonly ScheduledNotice[]; readonly more: boolean }> }): JSX.Element {
  const console = useConsole();
  const [cancelling, setCancelling] = useState<ScheduledNotice | null>(null);
  return (
    <Section title={t('notices.scheduled')}>
      <Loaded of={of}>
        {({ items, more }) => (
          <DataTable label={t('notices.scheduled')} rows={items} more={more} columns={columnsOf(setCancelling)} rowKey={({ id }) => id} empty={t('notices.scheduled.none')} />
        )}
      </Loaded>
      {cancelling && (
        <ConfirmDialog
          title={t('notices.cancel.title', { at: formatDateTime(cancelling.sendAt) })} confirm={t('notices.cancel')} closed={() => setCancelling(null)}
          run={async () => {
            await console.api.call(operations.cancelNotice, { path: { id: cancelling.id } });
            of.reload();
            console.done(t('notices.cancelled'));
          }}
        >
          <p class="quote">{cancelling.text}</p>
          <p>{t('notices.cancel.text', { to: toWhom(cancelling) })}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}

const toWhom = ({ channel, kind }: ScheduledNotice): string =>
  [channel ?? t('sanctions.everywhere'), kind === null ? t('notices.everybody') : t(`kind.${kind}`)].join(', ');

const columnsOf = (cancel: (notice: ScheduledNotice) => void): readonly Column<ScheduledNotice>[] => [
  { id: 'at', label: t('notices.sendAt.column'), cell: ({ sendAt }) => sendAt, view: ({ sendAt }) => <When at={sendAt} /> },
  { id: 'text', label: t('notices.text'), cell: ({ text }) => text },
  { id: 'to', label: t('notices.to'), cell: toWhom },
  { id: 'by', label: t('sanctions.by'), cell: ({ by }) => by },
  {
    id: 'cancel', label: t('table.actions'),
    view: (notice) => (
      <button class="button is-small" type="button" aria-label={t('notices.cancel.of', { at: formatDateTime(notice.sendAt) })} onClick={() => cancel(notice)}>
        {t('notices.cancel')}
      </button>
    ),
  },
];
