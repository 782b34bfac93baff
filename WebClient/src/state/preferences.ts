/** What readers choose for themselves. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark' | 'contrast';
  readonly density: 'comfortable' | 'compact';
  /** How times of day are written. */
  readonly clock: 'language' | '12' | '24';
  readonly sendKey: 'enter' | 'ctrl-enter';
  readonly language: 'browser' | 'en' | 'ja';
  /** Whether one is told in the conversation who comes and goes. */
  readonly comings: 'shown' | 'folded' | 'hidden';
  /** Keys that act on the page; keys of fields, lists and dialogs always work. */
  readonly shortcuts: 'on' | 'off';
}

export type PreferenceName = keyof Preferences;

/** All there is to choose from. */
export const choices: { readonly [Name in PreferenceName]: readonly Preferences[Name][] } = {
  theme: ['system', 'light', 'dark', 'contrast'],
  density: ['comfortable', 'compact'],
  clock: ['language', '12', '24'],
  sendKey: ['enter', 'ctrl-enter'],
  language: ['browser', 'en', 'ja'],
  comings: ['folded', 'shown', 'hidden'],
  shortcuts: ['on', 'off'],
};

export const defaultPreferences: Preferences = {
  theme: 'system',
  density: 'comfortable',
  clock: 'language',
  sendKey: 'enter',
  language: 'browser',
  comings: 'folded',
  shortcuts: 'on',
};

/** Reads what was stored. What is damaged, missing or unknown to this version is as if nobody had chosen it; the rest counts. */
export function parsePreferences(stored: string | null): Preferences {
  const values = readObject(stored);
  const value = <Name extends PreferenceName>(name: Name): Preferences[Name] =>
    choices[name].find((choice) => choice === values[name]) ?? defaultPreferences[name];
  return {
    theme: value('theme'), density: value('density'), clock: value('clock'), sendKey: value('sendKey'), language: value('language'),
    comings: value('comings'), shortcuts: value('shortcuts'),
  };
}

/** The theme on the screen: readers who ask their system for more contrast get it here, unless they chose a theme. */
export const shownTheme = (theme: Preferences['theme'], wantsContrast: boolean): Preferences['theme'] =>
  theme === 'system' && wantsContrast ? 'contrast' : theme;

function readObject(stored: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(stored ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
