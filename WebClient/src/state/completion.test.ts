import { describe, expect, it } from 'vitest';
import { completed, optionsFor, triggerAt, type Sources } from './completion';
import { fitOf, fitting } from './fuzzy';

const sources: Sources = {
  names: ['anna', 'ben', 'Hannah'], channels: ['@general', '@announce'], scopes: [],
  emoji: [['smile', '😄'], ['sweat_smile', '😅'], ['smiley', '😃'], ['tea', '🍵']],
};
const offered = (text: string): string[] => {
  const trigger = triggerAt(text, text.length);
  return trigger ? optionsFor(trigger, sources).map(({ insert }) => insert) : [];
};

describe('completion', () => {
  it('begins at a sign that begins a word', () => {
    expect(triggerAt('hi @an', 6)).toEqual({ sign: '@', typed: 'an', from: 3, to: 6 });
    expect(triggerAt('(@an', 4)?.typed).toBe('an');
    expect(triggerAt('@an and more', 3)?.typed).toBe('an');
    for (const text of ['mail@an', 'a/b', 'x /jo', '12:30', 'so: ', ':s', 'a:sm', '@an ', '']) expect(triggerAt(text, text.length)).toBeNull();
  });

  it('offers people before channels, those that begin so before those that merely have the letters', () => {
    expect(offered('@ann')).toEqual(['@anna', '@Hannah', '@announce']);
    expect(offered('@')).toEqual(['@anna', '@ben', '@Hannah', '@general', '@announce']);
    expect(offered('#gen')).toEqual(['@general']);
    expect(offered('@zzz')).toEqual([]);
  });

  it('offers the commands one may give', () => {
    expect(offered('/mu')).toEqual([]);
    expect(offered('/m')).toEqual(['/mentions', '/me', '/mark-read']);
    expect(optionsFor({ sign: '/', typed: 'mu', from: 0, to: 3 }, { ...sources, scopes: ['moderation:write'] }).map(({ insert }) => insert)).toEqual(['/mute']);
  });

  it('offers emoji by their short names, none before the table is there', () => {
    expect(offered('good :smile')).toEqual(['😄', '😃', '😅']);
    expect(optionsFor({ sign: ':', typed: 'smile', from: 0, to: 6 }, { ...sources, emoji: null })).toEqual([]);
  });

  it('puts the option in the place of what was typed, with a space behind it', () => {
    const trigger = triggerAt('hi @an, tea?', 6);
    const option = trigger && optionsFor(trigger, sources)[0];
    expect(trigger && option && completed('hi @an, tea?', trigger, option)).toEqual({ text: 'hi @anna , tea?', caret: 9 });
    const last = triggerAt('@be', 3);
    const ben = last && optionsFor(last, sources)[0];
    expect(last && ben && completed('@be now', last, ben)).toEqual({ text: '@ben now', caret: 5 });
  });
});

describe('fuzzy search', () => {
  it('takes letters in their order, the better fit first', () => {
    expect(fitting('dv', ['@dave', '@dev', '@general'], (name) => name)).toEqual(['@dev', '@dave']);
    expect(fitting('', ['b', 'a'], (name) => name)).toEqual(['b', 'a']);
    expect(fitOf('vd', 'dev')).toBeNull();
  });
});
