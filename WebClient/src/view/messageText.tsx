import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { t } from '../i18n';
import { folded } from '../state/folding';
import { parseMarkdown, type Block } from '../state/markdown';
import { showControls } from '../state/text';
import { copyCode } from './clipboard';
import { Icon } from './icons';
import { Inlines } from './inlineText';

interface MessageTextProps {
  readonly id: string;
  readonly text: string;
  /** Whether its buttons are stops of the Tab key. */
  readonly reachable: boolean;
}

/** A message's text as nodes, never as markup; a long one in part at first. */
export function MessageText({ id, text, reachable }: MessageTextProps): JSX.Element {
  const [whole, setWhole] = useState(false);
  const beginning = useMemo(() => folded(text), [text]);
  const shown = whole || beginning === null ? text : beginning;
  const blocks = useMemo(() => parseMarkdown(shown), [shown]);
  return (
    <div id={id} class="message-text" dir="auto">
      <Blocks blocks={blocks} reachable={reachable} />
      {beginning !== null && (
        <button
          class="button is-small fold"
          type="button"
          aria-expanded={whole}
          tabIndex={reachable ? 0 : -1}
          onClick={() => setWhole(!whole)}
        >
          {t(whole ? 'message.showLess' : 'message.showAll')}
        </button>
      )}
    </div>
  );
}

function Blocks({ blocks, reachable }: { readonly blocks: readonly Block[]; readonly reachable: boolean }): JSX.Element {
  return (
    <>
      {blocks.map((block, i) => (
        <BlockView key={i} block={block} reachable={reachable} />
      ))}
    </>
  );
}

function BlockView({ block, reachable }: { readonly block: Block; readonly reachable: boolean }): JSX.Element {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p dir="auto">
          <Inlines inlines={block.inlines} />
        </p>
      );
    case 'code':
      return <CodeBlock language={block.language} text={block.text} reachable={reachable} />;
    case 'quote':
      return (
        <blockquote dir="auto">
          <Blocks blocks={block.blocks} reachable={reachable} />
        </blockquote>
      );
    case 'list': {
      const items = block.items.map((inlines, i) => (
        <li key={i} dir="auto">
          <Inlines inlines={inlines} />
        </li>
      ));
      return block.start === null ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>;
    }
  }
}

function CodeBlock({ language, text, reachable }: { readonly language: string; readonly text: string; readonly reachable: boolean }): JSX.Element {
  return (
    <div class="code-block">
      {language !== '' && <span class="code-language">{language}</span>}
      <pre dir="auto">
        <code>{showControls(text)}</code>
      </pre>
      <button
        class="icon-button"
        type="button"
        aria-label={t('message.copyCode')}
        title={t('message.copyCode')}
        tabIndex={reachable ? 0 : -1}
        onClick={() => void copyCode(text)}
      >
        <Icon name="copy" />
      </button>
    </div>
  );
}
