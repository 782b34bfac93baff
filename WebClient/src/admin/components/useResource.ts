import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { apiErrorOf, type ApiError } from '../api/apiError';
import type { LiveEvent } from '../api/live';
import { useConsole } from './console';

/** Something that the server has, as far as it is known here. */
export interface Resource<Data> {
  /** What was read last; it stays when reading again fails. */
  readonly data: Data | null;
  /** When it was read, in milliseconds since 1970. */
  readonly at: number | null;
  readonly error: ApiError | null;
  readonly loading: boolean;
  readonly reload: () => void;
  readonly change: (change: (data: Data) => Data) => void;
}

/** Between two readings that events ask for, in milliseconds, and as a multiple of how long one takes: a crowd that comes in is one reading, and a long list is not read all the time. */
const calm = 1_000;
const rest = 10;

/**
 * Reads, and reads again when one of those events is told, or every few seconds while nothing is. Reads anew whenever `key` is another.
 * @param follow Events after which it may be another one; none: it is read again only on demand.
 */
export function useResource<Data>(key: string, load: (signal: AbortSignal) => Promise<Data>, follow: readonly LiveEvent[] = []): Resource<Data> {
  const { live, visitor } = useConsole();
  const [state, setState] = useState<Omit<Resource<Data>, 'reload' | 'change'>>({ data: null, at: null, error: null, loading: true });
  const loading = useRef(load);
  loading.current = load;
  const ask = useRef(() => {});

  useEffect(() => {
    let stopped = false;
    let running = false;
    let again = false;
    let took = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const abort = new AbortController();
    const read = async (): Promise<void> => {
      if (running) {
        again = true;
        return;
      }
      running = true;
      const began = performance.now();
      setState((now) => ({ ...now, loading: true }));
      try {
        const data = await loading.current(abort.signal);
        if (!stopped) setState({ data, at: Date.now(), error: null, loading: false });
      } catch (fault) {
        if (!stopped) setState((now) => ({ ...now, error: apiErrorOf(fault), loading: false }));
      }
      took = performance.now() - began;
      running = false;
      if (again && !stopped) {
        again = false;
        void read();
      }
    };
    const soon = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void read();
      }, Math.max(calm, rest * took));
    };
    setState({ data: null, at: null, error: null, loading: true });
    ask.current = () => void read();
    void read();
    const unlisten = follow.length === 0 ? () => {} : live.listen((event) => {
      if (visitor.state.state !== 'in') return;
      if (event === 'poll') void read();
      else if (follow.includes(event)) soon();
    });
    // Whoever had to sign in again finds everything fresh.
    const unwatch = visitor.subscribe(() => {
      if (visitor.state.state === 'in') void read();
    });
    return () => {
      stopped = true;
      clearTimeout(timer);
      abort.abort();
      unlisten();
      unwatch();
    };
  }, [key, live, visitor]);

  const reload = useCallback(() => ask.current(), []);
  const change = useCallback((how: (data: Data) => Data) => setState((now) => (now.data === null ? now : { ...now, data: how(now.data) })), []);
  return { ...state, reload, change };
}

/** A change on its way: whether it is, and why it failed. */
export interface Action {
  readonly busy: boolean;
  readonly error: ApiError | null;
  /** True if it was done. */
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>;
  readonly clear: () => void;
}

export function useAction(): Action {
  const [state, setState] = useState<{ readonly busy: boolean; readonly error: ApiError | null }>({ busy: false, error: null });
  const busy = useRef(false);
  const run = useCallback(async (work: () => Promise<unknown>): Promise<boolean> => {
    if (busy.current) return false;
    busy.current = true;
    setState({ busy: true, error: null });
    try {
      await work();
      setState({ busy: false, error: null });
      return true;
    } catch (fault) {
      setState({ busy: false, error: apiErrorOf(fault) });
      return false;
    } finally {
      busy.current = false;
    }
  }, []);
  const clear = useCallback(() => setState((now) => ({ ...now, error: null })), []);
  return { ...state, run, clear };
}
