import { describe, expect, it } from 'vitest';
import { choices, defaultPreferences, parsePreferences, shownTheme, type PreferenceName } from './preferences';

const names = Object.keys(choices) as PreferenceName[];

describe('parsePreferences', () => {
  it('finds every choice again', () => {
    for (const name of names) {
      for (const value of choices[name]) {
        expect(parsePreferences(JSON.stringify({ [name]: value }))).toEqual({ ...defaultPreferences, [name]: value });
      }
    }
  });

  it.each([null, '', '{', 'null', '7', '"dark"', '[]', '{"theme":null}'])('takes %j for no choice', (stored) => {
    expect(parsePreferences(stored)).toEqual(defaultPreferences);
  });

  it('keeps what is whole beside what is damaged or of another version', () => {
    expect(parsePreferences('{"theme":"sepia","density":"compact","clock":24,"sendKey":["enter"],"sound":"on"}')).toEqual({
      ...defaultPreferences, density: 'compact',
    });
  });
});

describe('shownTheme', () => {
  it('has more contrast where the system asks for it, unless a theme was chosen', () => {
    expect(choices.theme.map((theme) => shownTheme(theme, true))).toEqual(['contrast', 'light', 'dark', 'contrast']);
    expect(choices.theme.map((theme) => shownTheme(theme, false))).toEqual(choices.theme);
  });
});
