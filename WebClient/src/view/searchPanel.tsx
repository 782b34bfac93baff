import '../i18n/late';
import type { JSX, TargetedSubmitEvent } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Searcher } from '../connection/searcher';
import { t } from '../i18n';
import { isScopeOnly, mentionsOf } from '../state/search';
import { useClient } from './clientContext';
import { useStore } from './hooks';
import { Icon } from './icons';
import { SearchHelp } from './searchHelp';
import { SearchHits } from './searchHits';
import { SearchProblem } from './searchProblem';
import type { SearchToggle } from './useSearch';

/** The server takes no longer query. */
const maxQuery = 200;

export interface SearchPanelProps {
  readonly searcher: Searcher;
  readonly toggle: SearchToggle;
  /** The channel on the screen; null if there is none. */
  readonly channel: string | null;
}

export function SearchPanel({ searcher, toggle, channel }: SearchPanelProps): JSX.Element {
  const state = useStore(searcher.store);
  const panel = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const username = useClient().store.state.session?.username ?? '';
  const isMentions = state.query.trim() === mentionsOf(username);
  const concernsQuery = state.problem?.code === 'query-invalid';

  useLayoutEffect(() => {
    if (!toggle.open) return;
    // At once: the next key is part of what is looked for.
    field.current?.focus();
    if (toggle.query !== null) {
      searcher.type(toggle.query);
      searcher.submit();
    } else if (isScopeOnly(searcher.store.state.query)) searcher.type(channel === null ? '' : `in:${channel} `);
    // Behind the drawing, since the field gets its text with it; the next word is typed at its end.
    requestAnimationFrame(() => field.current?.setSelectionRange(maxQuery, maxQuery));
  }, [toggle.open, toggle.wanted]);

  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    searcher.submit();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.shiftKey || event.ctrlKey) return;
    if (event.key === 'Escape') toggle.close();
    else if (event.key === 'ArrowDown') step(panel.current, field.current, 1);
    else if (event.key === 'ArrowUp') step(panel.current, field.current, -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <section
      class={`panel search-panel${toggle.docked ? '' : ' is-whole'}`}
      aria-label={t('search.label')}
      ref={panel}
      hidden={!toggle.open}
      onKeyDown={onKeyDown}
    >
      <header class="panel-header">
        <h2 class="panel-title">{t(isMentions ? 'mentions.title' : 'search.label')}</h2>
        <button
          class="icon-button"
          type="button"
          aria-label={t('mentions.open')}
          title={t('mentions.open')}
          aria-pressed={isMentions}
          onClick={() => toggle.show(mentionsOf(username))}
        >
          <Icon name="mention" />
        </button>
        <button class="icon-button" type="button" aria-label={t('search.close')} onClick={toggle.close}>
          <Icon name="close" />
        </button>
      </header>
      <form class="search-form field" role="search" onSubmit={submit}>
        <label for="search-query">{t('search.query')}</label>
        <div class="search-box">
          <input
            ref={field}
            id="search-query"
            type="search"
            value={state.query}
            maxLength={maxQuery}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            enterkeyhint="search"
            aria-invalid={concernsQuery}
            aria-describedby={state.problem ? 'search-problem' : undefined}
            onInput={(event) => searcher.type(event.currentTarget.value)}
          />
          <button class="button is-primary" type="submit">
            {t('search.submit')}
          </button>
        </div>
        {state.problem && <SearchProblem problem={state.problem} passesAt={state.passesAt} />}
      </form>
      <SearchHelp />
      <SearchHits state={state} searcher={searcher} opened={() => toggle.docked || toggle.close()} />
    </section>
  );
}

/** From hit to hit; up from the first one back to the field. */
function step(panel: HTMLElement | null, field: HTMLInputElement | null, by: 1 | -1): void {
  const hits = [...(panel?.querySelectorAll<HTMLElement>('.hit') ?? [])];
  const at = hits.findIndex((hit) => hit === document.activeElement);
  if (at + by < 0) field?.focus();
  else hits[at + by]?.focus();
}
