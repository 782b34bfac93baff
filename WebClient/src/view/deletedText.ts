import type { Message } from '../connection/contract';
import { t } from '../i18n';

/** Who has deleted a message, as it stands in its place. */
export const deletedText = ({ deletedBy }: Message): string => deletedBy === 'moderator' ? t('message.deleted.moderator') : t('message.deleted');
