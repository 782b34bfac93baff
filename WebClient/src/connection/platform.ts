// What browsers offer only on HTTPS and localhost, with stand-ins for a server in a plain-HTTP local network.

/** Runs the work when no other tab holds the lock of that name. */
export type Lock = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** Without Web Locks two tabs may send the same message at once; the server answers both with the first result. */
export const tabLock: Lock = async (name, work) => {
  if (!('locks' in navigator)) return work();
  return (await navigator.locks.request(name, work)) as Awaited<ReturnType<typeof work>>;
};

/** A random UUID (version 4). */
export function randomId(): string {
  if ('randomUUID' in crypto) return crypto.randomUUID();
  const bytes = (crypto as Crypto).getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Runs the work when the browser has nothing better to do, or at once where it does not tell. */
export function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: 5_000 });
  else work();
}

/** Resolves before the next frame is drawn; in a background tab, where none is, soon. */
export const nextFrame = (): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, 100);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
