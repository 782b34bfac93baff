import type { HubLink } from '../connection/hub';

export type Answer = (method: string, args: readonly unknown[]) => Promise<unknown>;

/** A hub connection whose calls the test answers. */
export const aLink = (answer: Answer, close: () => void = () => undefined): HubLink => ({
  call: ((method: string, ...args: readonly unknown[]) => answer(method, args)) as HubLink['call'],
  close,
});
