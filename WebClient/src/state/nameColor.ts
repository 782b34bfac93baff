/** How many name colours the style sheet has (`--name-0` and on in tokens.css). */
export const nameColors = 12;

/** The colour of a name: always the same one, in any letter case. */
export function nameColor(username: string): number {
  let hash = 0x811c9dc5;
  for (const character of username.toLowerCase()) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  }
  // The low bits of FNV-1a alone tell short names apart badly.
  return ((hash ^ (hash >>> 15)) >>> 0) % nameColors;
}
