import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fromHubError } from '../connection/chatError';
import { formatDay, formatFullDate, formatShort, formatTime, languageNames, languageOf, locale, showLanguage, t, type LanguageTag } from '.';
import { errorText } from './errorText';

/** Five past three in the afternoon, where the test runs. */
const afternoon = new Date(2026, 4, 4, 15, 5).getTime();

const browserSpeaks = (...languages: string[]): void => void vi.stubGlobal('navigator', { languages });

beforeEach(async () => {
  browserSpeaks('en-GB');
  await showLanguage('en', 'language');
});
afterEach(() => void vi.unstubAllGlobals());

describe('the language', () => {
  it('is the first of the browser’s in which there is a page, at first', async () => {
    expect([['ja'], ['ja-JP', 'en'], ['fr', 'JA-jp', 'en'], ['en-US', 'ja'], ['fr'], ['jam'], []].map(languageOf)).toEqual([
      'ja', 'ja', 'ja', 'en', 'en', 'en', 'en',
    ]);
    browserSpeaks('fr', 'ja-JP');
    await showLanguage('browser', 'language');
    expect(locale.state.tag).toBe('ja');
  });

  it('changes while the page runs, and tells whoever listens', async () => {
    const told: string[] = [];
    const end = locale.subscribe(() => told.push(locale.state.tag + t('composer.submit')));
    await showLanguage('ja', 'language');
    await showLanguage('en', 'language');
    end();
    expect(told).toEqual(['ja送信', 'enSend']);
  });

  it('is the one chosen last, even if another takes longer to load', async () => {
    await Promise.all([showLanguage('ja', 'language'), showLanguage('en', 'language')]);
    expect(locale.state.tag).toBe('en');
  });

  it('has a name of its own for each', () => {
    const tags = Object.keys(languageNames) as LanguageTag[];
    expect(tags.map((tag) => [tag, languageNames[tag]])).toEqual([['en', 'English'], ['ja', '日本語']]);
  });
});

describe('sentences', () => {
  it('have the plural forms of their language', async () => {
    const unread = (): string[] => [0, 1, 2].map((count) => t('channels.unread', { count }));
    expect(unread()).toEqual(['0 unread messages', '1 unread message', '2 unread messages']);
    await showLanguage('ja', 'language');
    expect(unread()).toEqual(['未読メッセージ 0 件', '未読メッセージ 1 件', '未読メッセージ 2 件']);
  });

  it('write numbers as their readers do', async () => {
    expect(t('connection.attempt', { count: 12345 })).toBe('Attempt 12,345');
    await showLanguage('ja', 'language');
    expect(t('connection.attempt', { count: 12345 })).toBe('12,345 回目の試行');
  });

  it('are translated for the codes of errors; a sentence of the server stays as it is', async () => {
    await showLanguage('ja', 'language');
    expect(errorText(fromHubError('username-taken: Taken.').problem)).toContain('使用中です');
    expect(errorText(fromHubError('text-too-long: At most 4000 characters.').problem)).toBe('At most 4000 characters.');
  });
});

describe('times', () => {
  it('follow the language', async () => {
    expect(formatTime(afternoon)).toBe('15:05');
    expect(formatDay(afternoon)).toMatch(/^Monday,? 4 May 2026$/);
    await showLanguage('ja', 'language');
    expect([formatTime(afternoon), formatDay(afternoon)]).toEqual(['15:05', '2026年5月4日月曜日']);
    expect(formatShort(afternoon)).toBe('2026/05/04 15:05');
  });

  it('have twelve hours or twenty-four where the reader wants it', async () => {
    browserSpeaks('en-US');
    await showLanguage('en', '24');
    expect([formatTime(afternoon), formatTime(new Date(2026, 4, 4, 0, 5).getTime())]).toEqual(['15:05', '00:05']);
    expect(formatFullDate(afternoon)).toContain('15:05');
    await showLanguage('en', '12');
    expect(formatTime(afternoon)).toMatch(/^3:05\sPM$/);
    expect(formatShort(afternoon)).toMatch(/3:05\sPM$/);
    await showLanguage('ja', '12');
    expect(formatTime(afternoon)).toBe('午後3:05');
  });
});
