import type { TextKey } from '../i18n';
import type { Level } from '../state/arrangement';

export const levelTexts: Readonly<Record<Level, TextKey>> = {
  all: 'notify.level.all',
  mentions: 'notify.level.mentions',
  nothing: 'notify.level.nothing',
};
