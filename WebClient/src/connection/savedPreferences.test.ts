import { describe, expect, it } from 'vitest';
import { choices, defaultPreferences, parsePreferences, shownTheme } from '../state/preferences';
import { MemoryStorage } from '../testing/storage';
import { preferencesKey, SavedPreferences } from './savedPreferences';

const scripts = import.meta.glob<string>('../theme.js', { query: '?raw', import: 'default', eager: true });

describe('SavedPreferences', () => {
  it('finds again what was chosen', () => {
    const storage = new MemoryStorage();
    const saved = new SavedPreferences(storage);
    saved.choose({ theme: 'dark' });
    saved.choose({ clock: '24' });
    expect(new SavedPreferences(storage).store.state).toEqual({ ...defaultPreferences, theme: 'dark', clock: '24' });
  });

  it('tells whoever listens, here and in another tab', () => {
    const storage = new MemoryStorage();
    const [here, there] = [new SavedPreferences(storage), new SavedPreferences(storage)];
    const told: string[] = [];
    here.store.subscribe(() => told.push(`here ${here.store.state.theme}`));
    there.store.subscribe(() => told.push(`there ${there.store.state.theme}`));
    here.choose({ theme: 'contrast' });
    there.changedElsewhere('kaichat.drafts');
    expect(told).toEqual(['here contrast']);
    there.changedElsewhere(preferencesKey);
    expect(told).toEqual(['here contrast', 'there contrast']);
  });

  it('is as at first when all storage was cleared elsewhere', () => {
    const storage = new MemoryStorage();
    const saved = new SavedPreferences(storage);
    saved.choose({ density: 'compact' });
    storage.clear();
    saved.changedElsewhere(null);
    expect(saved.store.state).toEqual(defaultPreferences);
  });

  it('lives as long as the page where the browser has no storage, or none to give', () => {
    const full = new MemoryStorage();
    full.setItem = () => {
      throw new Error('Full.');
    };
    for (const storage of [null, full]) {
      const saved = new SavedPreferences(storage);
      saved.choose({ language: 'ja' });
      expect(saved.store.state.language).toBe('ja');
    }
  });

  it('starts with nothing chosen where reading is refused', () => {
    const refusing = new MemoryStorage();
    refusing.getItem = () => {
      throw new Error('Refused.');
    };
    expect(new SavedPreferences(refusing).store.state).toEqual(defaultPreferences);
  });
});

describe('theme.js', () => {
  /** What the script sets on the document before the first paint. */
  function runScript(stored: string | null, wantsContrast: boolean): Record<string, string> {
    const dataset: Record<string, string> = {};
    const [script = ''] = Object.values(scripts);
    const storage = { getItem: (key: string) => (key === preferencesKey ? stored : null) };
    new Function('document', 'localStorage', 'matchMedia', script)(
      { documentElement: { dataset } }, storage, () => ({ matches: wantsContrast }),
    );
    return dataset;
  }

  const stored = [
    null, '', '{', 'null', '7', '[]', '"dark"', '{"theme":"sepia","density":"dense"}', '{"density":"compact"}', '{"theme":["dark"]}',
    ...choices.theme.map((theme) => JSON.stringify({ theme })),
  ];

  it.each(stored)('shows first what the page shows later, of %j', (text) => {
    for (const wantsContrast of [false, true]) {
      const { theme, density } = parsePreferences(text);
      expect(runScript(text, wantsContrast)).toEqual({ theme: shownTheme(theme, wantsContrast), density });
    }
  });
});
