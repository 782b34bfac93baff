/** One thing that a change changed. */
export interface Difference {
  readonly name: string;
  /** Null where it was not there. */
  readonly before: string | null;
  /** Null where it is gone. */
  readonly after: string | null;
}

/** What differs between two states, member by member; a state that is no object is one value. */
export function differences(before: unknown, after: unknown): readonly Difference[] {
  const [was, is] = [membersOf(before), membersOf(after)];
  const names = [...new Set([...was.keys(), ...is.keys()])];
  return names
    .map((name) => ({ name, before: was.get(name) ?? null, after: is.get(name) ?? null }))
    .filter((difference) => difference.before !== difference.after);
}

function membersOf(state: unknown): ReadonlyMap<string, string> {
  const value = typeof state === 'string' ? parsed(state) : state;
  if (value === null || value === undefined) return new Map();
  if (typeof value !== 'object' || Array.isArray(value)) return new Map([['', write(value)]]);
  return new Map(Object.entries(value).filter(([, part]) => part !== null && part !== undefined).map(([name, part]) => [name, write(part)]));
}

const write = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
