import type { ChannelKey } from './chatState';

/** What a channel may tell its reader of while they look elsewhere. */
export type Level = 'all' | 'mentions' | 'nothing';

export const levels: readonly Level[] = ['all', 'mentions', 'nothing'];

/** Hours of the day in which nothing is told, as minutes since midnight; over midnight if it ends before it begins. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** How one channel is kept. */
export interface ChannelCare {
  readonly pinned?: true;
  /** Neither bold nor counted, but for mentions. */
  readonly muted?: true;
  /** Not in the list, unless it is on the screen or mentions its reader; counted like a muted one. */
  readonly hidden?: true;
  /** Another level than the others. */
  readonly level?: Level;
}

/** How a user has arranged their channels and what may call them; kept by this browser. */
export interface Arrangement {
  /** Whether messages may be told by the system at all. */
  readonly notify: boolean;
  readonly level: Level;
  readonly quiet: QuietHours | null;
  readonly unreadFirst: boolean;
  /** Channels in the reader's own order; the others come behind. */
  readonly order: readonly ChannelKey[];
  readonly channels: Readonly<Record<ChannelKey, ChannelCare>>;
  /** Names, in lower case, whose messages the reader does not want to see. */
  readonly hidden: readonly string[];
}

export const defaultArrangement: Arrangement = {
  notify: false, level: 'mentions', quiet: null, unreadFirst: false, order: [], channels: {}, hidden: [],
};

/** What is damaged or unknown is as if nobody had chosen it. */
export function parseArrangement(stored: string | null): Arrangement {
  const values = objectOf(stored === null ? null : parsed(stored));
  const quiet = objectOf(values['quiet']);
  const [from, to] = [quiet['from'], quiet['to']];
  return {
    notify: values['notify'] === true,
    level: levelOf(values['level']) ?? defaultArrangement.level,
    quiet: isMinute(from) && isMinute(to) ? { from, to } : null,
    unreadFirst: values['unreadFirst'] === true,
    order: stringsOf(values['order']),
    channels: Object.fromEntries(Object.entries(objectOf(values['channels'])).map(([key, care]) => [key, careOf(objectOf(care))])),
    hidden: stringsOf(values['hidden']),
  };
}

const careOf = (values: Readonly<Record<string, unknown>>): ChannelCare => {
  const level = levelOf(values['level']);
  return {
    ...(values['pinned'] === true && { pinned: true }),
    ...(values['muted'] === true && { muted: true }),
    ...(values['hidden'] === true && { hidden: true }),
    ...(level && { level }),
  };
};

const levelOf = (value: unknown): Level | undefined => levels.find((level) => level === value);
const isMinute = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 24 * 60;
const stringsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []);
const objectOf = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? { ...value } : {});

function parsed(stored: string): unknown {
  try {
    return JSON.parse(stored) as unknown;
  } catch {
    return null;
  }
}

export const careFor = (arrangement: Arrangement, key: ChannelKey): ChannelCare => arrangement.channels[key] ?? {};

/** Whether nothing but mentions calls from there. */
export const isStill = ({ muted, hidden }: ChannelCare): boolean => muted === true || hidden === true;

/** Whether a channel stands in the list: a hidden one does while it is on the screen, and while somebody there has mentioned its reader. */
export const isListed = (care: ChannelCare, active: boolean, mentions: number): boolean => care.hidden !== true || active || mentions > 0;

export const isHidden = (arrangement: Pick<Arrangement, 'hidden'>, username: string): boolean => arrangement.hidden.includes(username.toLowerCase());

/** A channel kept otherwise; what is false or undefined is as at first. */
export function cared(arrangement: Arrangement, key: ChannelKey, change: { pinned?: boolean; muted?: boolean; hidden?: boolean; level?: Level | undefined }): Arrangement {
  const { [key]: before, ...others } = arrangement.channels;
  const after = careOf({ ...before, ...change });
  return { ...arrangement, channels: Object.keys(after).length === 0 ? others : { ...others, [key]: after } };
}

export function hiddenChanged(arrangement: Arrangement, username: string, hide: boolean): Arrangement {
  const name = username.toLowerCase();
  const others = arrangement.hidden.filter((each) => each !== name);
  return { ...arrangement, hidden: hide ? [...others, name] : others };
}

/** Channels as they are listed: pinned ones first, then, if wanted, those with something unread, each in the reader's order. */
export function arranged<T extends { readonly key: ChannelKey; readonly counts: boolean }>(arrangement: Arrangement, channels: readonly T[]): readonly T[] {
  const place = new Map(arrangement.order.map((key, i) => [key, i]));
  const rank = (channel: T): number =>
    careFor(arrangement, channel.key).pinned ? 0 : arrangement.unreadFirst && channel.counts ? 1 : 2;
  return channels
    .map((channel, i) => ({ channel, rank: rank(channel), place: place.get(channel.key) ?? place.size + i }))
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .map(({ channel }) => channel);
}

/** Puts a channel into the place of another one of the list as it is shown. */
export function moved(arrangement: Arrangement, shown: readonly ChannelKey[], key: ChannelKey, to: ChannelKey): Arrangement {
  const [from, target] = [shown.indexOf(key), shown.indexOf(to)];
  if (from < 0 || target < 0 || from === target) return arrangement;
  const order = shown.toSpliced(from, 1).toSpliced(target, 0, key);
  // Among the pinned it is one of them; below them it is not.
  const pinned = careFor(arrangement, to).pinned === true;
  return cared({ ...arrangement, order }, key, { pinned });
}

/** Whether it is a quiet hour. `minute` is counted from the reader's midnight. */
export function isQuiet(quiet: QuietHours | null, minute: number): boolean {
  if (quiet === null || quiet.from === quiet.to) return false;
  const { from, to } = quiet;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}
