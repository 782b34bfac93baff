import { describe, expect, it } from 'vitest';
import { MemoryStorage } from '../testing/storage';
import { SavedState } from './savedState';

const places = { username: 'Ada', channels: [{ name: '@general' }], active: '@general' };

describe('SavedState', () => {
  it('finds again what another page of the browser saved', () => {
    const storage = new MemoryStorage();
    new SavedState(storage).places.save(places);
    expect(new SavedState(storage).places.load()).toEqual(places);
    expect(new SavedState(storage).drafts.load()).toBeNull();
  });

  it('forgets everything at once', () => {
    const storage = new MemoryStorage();
    const saved = new SavedState(storage);
    saved.places.save(places);
    saved.drafts.save({ '@general': 'half a' });
    saved.clear();
    expect(storage.length).toBe(0);
    expect(saved.places.load()).toBeNull();
  });

  it('lives as long as the page where the browser has no storage', () => {
    const saved = new SavedState(null);
    saved.drafts.save({ '@general': 'half a' });
    expect(saved.drafts.load()).toEqual({ '@general': 'half a' });
    saved.clear();
    expect(saved.drafts.load()).toBeNull();
  });

  it('lives as long as the page where the storage is full, and is saved once there is room', () => {
    const storage = new MemoryStorage();
    const write = storage.setItem.bind(storage);
    storage.setItem = () => {
      throw new Error('Full.');
    };
    const saved = new SavedState(storage);
    saved.drafts.save({ '@general': 'one' });
    expect(saved.drafts.load()).toEqual({ '@general': 'one' });
    storage.setItem = write;
    saved.drafts.save({ '@general': 'two' });
    expect(new SavedState(storage).drafts.load()).toEqual({ '@general': 'two' });
    expect(saved.drafts.load()).toEqual({ '@general': 'two' });
  });

  it('takes what it cannot read for nothing', () => {
    const storage = new MemoryStorage();
    storage.setItem('kaichat.places', '{');
    expect(new SavedState(storage).places.load()).toBeNull();
  });

  it('knows what a change in the storage is about', () => {
    const saved = new SavedState(null);
    expect(['kaichat.session', 'kaichat.places', 'kaichat.drafts', 'kaichat.panel.members', null].map((key) => saved.partOf(key))).toEqual([
      'session', 'places', 'drafts', null, null,
    ]);
  });
});
