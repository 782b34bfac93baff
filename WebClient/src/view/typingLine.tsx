import type { JSX } from 'preact';
import { t } from '../i18n';
import type { Channel } from '../state/chatState';
import { typingNames } from '../state/typing';

/** Who is typing. Not read out: it would talk into everything else. */
export function TypingLine({ channel }: { readonly channel: Channel }): JSX.Element {
  return <p class="typing">{textOf(typingNames(channel))}</p>;
}

function textOf(names: readonly string[] | null): string {
  if (names === null) return t('typing.several');
  const [first, second, third] = names;
  if (first === undefined) return '';
  if (second === undefined) return t('typing.one', { first });
  return third === undefined ? t('typing.two', { first, second }) : t('typing.three', { first, second, third });
}
