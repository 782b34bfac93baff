import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { NativePreview } from '../connection/contract';
import { t } from '../i18n';
import { isIdentical, plainPreview } from '../state/nativeText';
import { useClient } from './clientContext';

interface NativeViewProps {
  readonly text: string;
  readonly lineBytes: number;
}

const askDelay = 200;
/** Replacements named in the summary; the lines show the rest. */
const maxNamed = 8;

/** How native members will see the text: nothing while it is the same, a disclosure where it differs, a counter near the limit. */
export function NativeView({ text, lineBytes }: NativeViewProps): JSX.Element | null {
  const preview = usePreview(text, lineBytes);
  if (text === '' || !preview) return null;
  const parts = preview.lines.length;
  return (
    <>
      {parts > 1 ? (
        <p>{t('composer.parts', { count: parts })}</p>
      ) : (
        preview.bytes >= lineBytes * 0.8 && <p>{t('composer.bytes', { count: preview.bytes, limit: lineBytes })}</p>
      )}
      {!isIdentical(preview, text) && (
        <details class="native-view">
          <summary>{t('composer.preview')}</summary>
          <PreviewLines preview={preview} />
        </details>
      )}
    </>
  );
}

function PreviewLines({ preview }: { readonly preview: NativePreview }): JSX.Element {
  if (preview.lines.length === 0) return <p>{t('composer.preview.empty')}</p>;
  const pieces = [...new Map(preview.replacements.map((piece) => [piece.original, piece])).values()];
  const list = pieces.slice(0, maxNamed).map(({ original, replacement }) =>
    replacement === '' ? t('composer.dropped', { original }) : t('composer.replacement', { original, replacement }),
  );
  return (
    <>
      <ol class="native-lines">
        {preview.lines.map((line, i) => (
          <li key={i}>{line}</li>
        ))}
      </ol>
      {list.length > 0 && <p dir="auto">{t('composer.replaced', { list: list.join(', ') })}</p>}
    </>
  );
}

/** Worked out here where the text reaches natives as it is; otherwise the server is asked, once the typing pauses. */
function usePreview(text: string, lineBytes: number): NativePreview | null {
  const client = useClient();
  const plain = plainPreview(text, lineBytes);
  const [asked, setAsked] = useState<NativePreview | null>(null);
  useEffect(() => {
    if (plain) return setAsked(null);
    let superseded = false;
    const timer = setTimeout(() => {
      client.previewNative(text).then(
        (preview) => superseded || setAsked(preview),
        // Without a connection there is no preview; the text is sent all the same.
        () => superseded || setAsked(null),
      );
    }, askDelay);
    return () => {
      superseded = true;
      clearTimeout(timer);
    };
  }, [text, lineBytes]);
  return plain ?? asked;
}
