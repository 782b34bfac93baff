import { useEffect, useState } from 'preact/hooks';

type Table = readonly (readonly [string, string])[];

let table: Table | null = null;

/** Short names and emoji, loaded when they are first wanted; null until then. */
export function useEmoji(wanted: boolean): Table | null {
  const [loaded, setLoaded] = useState(table);
  useEffect(() => {
    if (!wanted || loaded) return;
    let gone = false;
    import('../state/emojiTable').then(
      ({ emojiTable }) => {
        table = emojiTable;
        if (!gone) setLoaded(table);
      },
      // Without the table there is nothing to complete; the next wish tries again.
      () => undefined,
    );
    return () => void (gone = true);
  }, [wanted]);
  return loaded;
}
