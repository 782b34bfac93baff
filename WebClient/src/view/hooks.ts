import { useEffect, useState } from 'preact/hooks';
import type { Store } from '../state/store';

export const useStore = <S>(store: Store<S>): S => useSelected(store, (state) => state);

/** What is selected of a state, which is drawn anew only when that has become another value. The selection itself never changes. */
export function useSelected<S, T>(store: Store<S>, select: (state: S) => T): T {
  const [selected, setSelected] = useState(() => select(store.state));
  useEffect(() => {
    const update = (): void => setSelected(() => select(store.state));
    update();
    return store.subscribe(update);
  }, [store]);
  return selected;
}

/** Whether a media query holds, as it changes. */
export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const update = (): void => setMatches(media.matches);
    update();
    media.addEventListener('change', update);
    return () => media.removeEventListener('change', update);
  }, [query]);
  return matches;
}

/** The time, second by second while it is wanted. */
export function useSeconds(wanted: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!wanted) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [wanted]);
  return now;
}
