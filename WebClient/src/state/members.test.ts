import { describe, expect, it } from 'vitest';
import { aChannel, aMember, aState } from '../testing/builders';
import { countMembers, groupMembers, knownOf, sortMembers } from './members';

describe('countMembers', () => {
  it('counts by kind of client, the late ones too', () => {
    const members = [aMember('a'), aMember('b', { origin: 'native', presence: 'late' }), aMember('c', { presence: 'late' })];
    expect(countMembers(members)).toEqual({ all: 3, web: 2, native: 1 });
    expect(countMembers([])).toEqual({ all: 0, web: 0, native: 0 });
  });
});

describe('sortMembers', () => {
  it('sorts by name as people do, not by code, and leaves the list it got alone', () => {
    const members = ['bob', 'Zed', 'ada', 'Cleo'].map((name) => aMember(name));
    expect(sortMembers(members).map(({ username }) => username)).toEqual(['ada', 'bob', 'Cleo', 'Zed']);
    expect(members[0]?.username).toBe('bob');
  });
});

describe('groupMembers', () => {
  it('puts operators before the others, each by name, and keeps what is looked for', () => {
    const members = [aMember('bob'), aMember('Zed', { operator: true }), aMember('ada'), aMember('Cleo', { operator: true })];
    const names = (filter: string): string[][] => {
      const { operators, others } = groupMembers(members, filter);
      return [operators, others].map((group) => group.map(({ username }) => username));
    };
    expect(names('')).toEqual([['Cleo', 'Zed'], ['ada', 'bob']]);
    expect(names(' E ')).toEqual([['Cleo', 'Zed'], []]);
    expect(names('D')).toEqual([['Zed'], ['ada']]);
  });
});

describe('knownOf', () => {
  const channels = [
    aChannel([], { key: '@a', name: '@a', members: [aMember('ben')] }),
    aChannel([], { key: '@b', name: '@b', members: [aMember('cleo', { username: 'Dora' })] }),
    aChannel([], { key: '@c', name: '@c', members: [aMember('ben', { presence: 'late' })] }),
  ];
  const state = { ...aState(...channels), active: '@c' };

  it('finds somebody in the channels of the reader, the one on the screen first', () => {
    const { member, shared, succeeded } = knownOf(state, 'ben', 'ben');
    expect([member?.presence, shared.map(({ name }) => name), succeeded]).toEqual(['late', ['@c', '@a'], false]);
  });

  it('does not take a later user of a name for an earlier one', () => {
    expect(knownOf(state, 'an earlier one', 'DORA')).toEqual({ member: null, shared: [], succeeded: true });
    expect(knownOf(state, 'gone', 'Gus')).toEqual({ member: null, shared: [], succeeded: false });
  });
});
