import { describe, expect, it } from 'vitest';
import { cared, defaultArrangement } from '../state/arrangement';
import { MemoryStorage } from '../testing/storage';
import { SavedArrangement } from './savedArrangement';

describe('SavedArrangement', () => {
  it('is each user’s own, whatever the case of their name', () => {
    const storage = new MemoryStorage();
    const saved = new SavedArrangement(storage);
    saved.belongsTo('Anna');
    saved.update((current) => cared(current, '@dev', { pinned: true }));
    saved.belongsTo('ben');
    expect(saved.store.state).toEqual(defaultArrangement);
    saved.belongsTo('ANNA');
    expect(saved.store.state.channels).toEqual({ '@dev': { pinned: true } });
    saved.belongsTo(null);
    expect(saved.store.state).toEqual(defaultArrangement);
  });

  it('is the same in all tabs', () => {
    const storage = new MemoryStorage();
    const [here, there] = [new SavedArrangement(storage), new SavedArrangement(storage)];
    for (const tab of [here, there]) tab.belongsTo('anna');
    here.update((current) => ({ ...current, unreadFirst: true }));
    there.changedElsewhere('kaichat.arrangement.ben');
    expect(there.store.state.unreadFirst).toBe(false);
    there.changedElsewhere('kaichat.arrangement.anna');
    expect(there.store.state.unreadFirst).toBe(true);
  });

  it('lives as long as the page without a storage', () => {
    const saved = new SavedArrangement(null);
    saved.belongsTo('anna');
    saved.update((current) => ({ ...current, level: 'all' }));
    expect(saved.store.state.level).toBe('all');
  });
});
