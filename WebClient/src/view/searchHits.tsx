import type { JSX } from 'preact';
import type { Message, SearchHit } from '../connection/contract';
import type { Searcher } from '../connection/searcher';
import { formatFullDate, formatShort, t } from '../i18n';
import { markedTexts } from '../state/marks';
import { nameColor } from '../state/nameColor';
import { pathOfMessage } from '../state/route';
import { grouped, scope, subject, widened, type SearchState } from '../state/search';
import { showControls } from '../state/text';
import { useClient } from './clientContext';
import { followWith } from './links';

/** How much is shown of a hit, and of its neighbours, in UTF-16 code units. */
const hitLength = 320;
const neighbourLength = 100;

interface SearchHitsProps {
  readonly state: SearchState;
  readonly searcher: Searcher;
  /** A hit is shown in its conversation. */
  readonly opened: () => void;
}

export function SearchHits({ state, searcher, opened }: SearchHitsProps): JSX.Element {
  const { hits, next, incomplete, phase, found } = state;
  const isContinuing = phase === 'loadingMore';
  const isShown = found !== null && state.problem === null;
  return (
    <div class="search-hits" aria-busy={phase !== 'idle'}>
      <p class="search-status" role="status">
        {statusText(state)}
      </p>
      {incomplete && isShown && <p class="callout">{t('search.incomplete')}</p>}
      {isShown && phase !== 'searching' && hits.length === 0 && <NothingFound found={found} searcher={searcher} />}
      {grouped(hits).map((group) => (
        <section key={group.hits[0]?.message.id} class="hit-group">
          <h3>
            <bdi>{group.channel}</bdi>
          </h3>
          <ul aria-label={t('search.hits', { channel: group.channel })}>
            {group.hits.map((hit) => (
              <li key={hit.message.id}>
                <Hit hit={hit} opened={opened} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {next !== null && (
        <button class="button is-small load" type="button" onClick={() => void searcher.more()}>
          {t(isContinuing ? 'conversation.loading' : 'search.more')}
        </button>
      )}
    </div>
  );
}

function statusText({ phase, found, hits, next, problem }: SearchState): string {
  if (phase === 'searching') return t('search.searching');
  if (found === null || problem !== null || hits.length === 0) return '';
  return t(next === null ? 'search.count' : 'search.count.more', { count: hits.length });
}

/** What was searched, where, and what would find more. */
function NothingFound({ found, searcher }: { readonly found: string; readonly searcher: Searcher }): JSX.Element {
  const channel = scope(found);
  const query = subject(found) || found;
  const wider = widened(found);
  const search = (): void => {
    searcher.type(wider ?? '');
    searcher.submit();
  };
  return (
    <div class="nothing-found" role="status">
      <p>{channel === null ? t('search.nothing', { query }) : t('search.nothing.in', { query, channel })}</p>
      {wider !== null && (
        <button class="button" type="button" onClick={search}>
          {channel === null ? t('search.widen', { query: wider }) : t('search.widen.everywhere')}
        </button>
      )}
    </div>
  );
}

function Hit({ hit, opened }: { readonly hit: SearchHit; readonly opened: () => void }): JSX.Element {
  const client = useClient();
  const { message, matches, before, after } = hit;
  const { channel, seq, author } = message;
  const at = Date.parse(message.sentAt);
  const go = (): void => {
    client.show(channel, seq);
    opened();
  };
  return (
    <a class="hit" href={pathOfMessage(channel, seq)} onClick={followWith(go)}>
      <Neighbour message={before} />
      <span class="hit-head">
        <bdi class={`name-${nameColor(author)}`}>{author}</bdi>{' '}
        <time dateTime={new Date(at).toISOString()} title={formatFullDate(at)}>
          {formatShort(at)}
        </time>
      </span>{' '}
      <span class="hit-text" dir="auto">
        {markedTexts(message.text, matches, hitLength).map(({ text, marked }, i) => (marked ? <mark key={i}>{text}</mark> : text))}
      </span>
      <Neighbour message={after} />
    </a>
  );
}

function Neighbour({ message }: { readonly message: Message | null }): JSX.Element | null {
  if (!message) return null;
  const text = message.text.length > neighbourLength ? `${message.text.slice(0, neighbourLength)}…` : message.text;
  return (
    <span class="hit-neighbour">
      <bdi>{message.author}</bdi>: <span dir="auto">{showControls(text)}</span>
    </span>
  );
}
