import { useEffect, useState } from 'preact/hooks';

/** A part of the page that is loaded when it is first wanted; null until it is there. Where it cannot be loaded, the next wish tries again. */
export function useLazy<C>(wanted: boolean, load: () => Promise<C>): C | null {
  const [loaded, setLoaded] = useState<{ readonly part: C } | null>(null);
  useEffect(() => {
    if (wanted && !loaded) void load().then((part) => setLoaded({ part }), () => undefined);
  }, [wanted]);
  return loaded?.part ?? null;
}
