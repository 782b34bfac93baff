/** Which rule a name breaks; the same rules as KaiChat.Shared.Names, checked while the user types. */
export type NameProblem = 'missing' | 'too-long' | 'not-ascii' | 'space-at-end' | 'starts-with-at' | 'reserved' | 'space-within';

const maxUsername = 10;
const maxChannel = 50;

export function checkUsername(name: string): NameProblem | null {
  if (name === '') return 'missing';
  if (name.length > maxUsername) return 'too-long';
  if (/[^ -~]/.test(name)) return 'not-ascii';
  if (name.startsWith(' ') || name.endsWith(' ')) return 'space-at-end';
  if (name.startsWith('@')) return 'starts-with-at';
  return name.toUpperCase() === 'SERVER' ? 'reserved' : null;
}

/** A channel name as the user may type it: without surrounding spaces, the `@` optional. */
export function withAt(typed: string): string {
  const name = typed.trim();
  return name === '' || name.startsWith('@') ? name : `@${name}`;
}

/** Checks a name that {@link withAt} made. */
export function checkChannel(name: string): NameProblem | null {
  if (name === '' || name === '@') return 'missing';
  if (name.length > maxChannel) return 'too-long';
  if (name.includes(' ')) return 'space-within';
  return /[^!-~]/.test(name) ? 'not-ascii' : null;
}
