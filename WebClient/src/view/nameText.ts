import { t, type TextKey } from '../i18n';
import type { NameProblem } from '../state/names';

const common = {
  'not-ascii': 'name.not-ascii',
  'space-at-end': 'name.space-at-end',
  'starts-with-at': 'name.starts-with-at',
  'reserved': 'name.reserved',
  'space-within': 'name.space-within',
} as const;

const usernameTexts: Readonly<Record<NameProblem, TextKey>> = {
  ...common,
  'missing': 'name.missing.username',
  'too-long': 'name.too-long.username',
};

const channelTexts: Readonly<Record<NameProblem, TextKey>> = {
  ...common,
  'missing': 'name.missing.channel',
  'too-long': 'name.too-long.channel',
};

export const usernameText = (problem: NameProblem | null): string | null => (problem ? t(usernameTexts[problem]) : null);
export const channelText = (problem: NameProblem | null): string | null => (problem ? t(channelTexts[problem]) : null);
