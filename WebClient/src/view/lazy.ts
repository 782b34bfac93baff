import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n';
import { say } from './announcer';

/** A part of the page that is loaded when it is first wanted; null until it is there. Where it cannot be loaded, that is said, and `failed` takes the wish back for the next try. */
export function useLazy<C>(wanted: boolean, load: () => Promise<C>, failed: () => void): C | null {
  const [loaded, setLoaded] = useState<{ readonly part: C } | null>(null);
  useEffect(() => {
    if (!wanted || loaded) return;
    load().then(
      (part) => setLoaded({ part }),
      () => {
        failed();
        say(t('error.unreachable'));
      },
    );
  }, [wanted]);
  return loaded?.part ?? null;
}
