import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aLink } from '../testing/link';
import { Connector, type ConnectionStatus } from './connector';
import { contractVersion } from './contract';
import type { HubLink, HubListener } from './hub';

/** One opening; the test answers it in the server's place. */
interface Opening {
  readonly token: string;
  readonly listener: HubListener;
  readonly close: ReturnType<typeof vi.fn<() => void>>;
  /** Opens and tells the page's own contract. */
  readonly succeed: () => void;
  /** Opens without a word. */
  readonly open: () => void;
  readonly fail: () => void;
}

class Stage {
  readonly openings: Opening[] = [];
  readonly told: string[] = [];
  readonly statuses: ConnectionStatus[] = [];
  readonly received = vi.fn();
  tokenRefused = false;
  online = true;
  readonly connector = new Connector(
    {
      open: (token, listener) => new Promise<HubLink>((resolve, reject) => {
        const close = vi.fn<() => void>();
        const link = aLink(() => Promise.reject(new Error('No test calls.')), close);
        const succeed = (): void => {
          listener.received('Contract', contractVersion, contractVersion);
          resolve(link);
        };
        this.openings.push({ token, listener, close, succeed, open: () => resolve(link), fail: () => reject(new Error('No.')) });
      }),
      isRefused: async () => this.tokenRefused,
      isOnline: () => this.online,
      random: () => 0.5,
    },
    {
      status: (status) => this.statuses.push(status),
      opened: () => this.told.push('opened'),
      lost: () => this.told.push('lost'),
      refused: () => this.told.push('refused'),
      received: this.received,
    },
  );

  get last(): Opening {
    const opening = this.openings.at(-1);
    if (!opening) throw new Error('Nothing was opened.');
    return opening;
  }

  get status(): ConnectionStatus | undefined {
    return this.statuses.at(-1);
  }

  async answer(what: (opening: Opening) => void): Promise<void> {
    what(this.last);
    await vi.advanceTimersByTimeAsync(0);
  }

  /** Expects the next opening after exactly so long. */
  async opensAfter(delay: number): Promise<void> {
    const before = this.openings.length;
    await vi.advanceTimersByTimeAsync(delay - 1);
    expect(this.openings).toHaveLength(before);
    await vi.advanceTimersByTimeAsync(1);
    expect(this.openings).toHaveLength(before + 1);
  }
}

const succeed = (opening: Opening): void => opening.succeed();
const fail = (opening: Opening): void => opening.fail();
const breakOff = (opening: Opening): void => opening.listener.closed();

const begun = 1_800_000_000_000;
let stage: Stage;
beforeEach(() => {
  vi.useFakeTimers({ now: begun });
  stage = new Stage();
  stage.connector.start('token');
});
afterEach(() => {
  vi.useRealTimers();
});

describe('opening', () => {
  it('uses the token and tells when it is open', async () => {
    expect(stage.statuses).toEqual([{ phase: 'connecting', since: begun }]);
    expect(stage.last.token).toBe('token');
    await stage.answer(succeed);
    expect(stage.told).toEqual(['opened']);
    expect(stage.status).toEqual({ phase: 'online' });
  });

  it('passes on what the server sends, until it is stopped', async () => {
    await stage.answer(succeed);
    stage.last.listener.received('ChannelLeft', '@general');
    stage.connector.stop();
    stage.last.listener.received('ChannelLeft', '@late');
    expect(stage.received.mock.calls).toEqual([['ChannelLeft', '@general']]);
    expect(stage.last.close).toHaveBeenCalledOnce();
  });

  it('is given up after ten seconds; what opens later is closed and counts for nothing', async () => {
    const abandoned = stage.last;
    abandoned.close.mockImplementation(() => abandoned.listener.closed());
    await vi.advanceTimersByTimeAsync(9_999);
    expect(stage.statuses).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(stage.status).toMatchObject({ phase: 'reconnecting', attempt: 1 });
    await stage.answer(succeed);
    expect(abandoned.close).toHaveBeenCalledOnce();
    expect(stage.told).toEqual([]);
    expect(stage.status).toMatchObject({ phase: 'reconnecting', attempt: 1 });
  });

  it('is over when the server refuses the token', async () => {
    stage.tokenRefused = true;
    await stage.answer(fail);
    expect(stage.told).toEqual(['refused']);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(stage.openings).toHaveLength(1);
  });

  it('begins anew with another token, and the former connection says nothing more', async () => {
    await stage.answer(succeed);
    const former = stage.last;
    stage.connector.start('other');
    former.listener.closed();
    expect(stage.last.token).toBe('other');
    expect(former.close).toHaveBeenCalledOnce();
    expect(stage.told).toEqual(['opened']);
  });
});

describe('after a loss', () => {
  it('tries again after waits that grow, and after a success from the first one on', async () => {
    await stage.answer(succeed);
    await stage.answer(breakOff);
    expect(stage.told).toEqual(['opened', 'lost']);
    expect(stage.status).toEqual({ phase: 'reconnecting', since: begun, attempt: 1, retryAt: begun + 500 });
    for (const delay of [500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 30_000]) {
      await stage.opensAfter(delay);
      expect(stage.status).toMatchObject({ retryAt: null });
      await stage.answer(fail);
    }
    await stage.opensAfter(30_000);
    await stage.answer(succeed);
    await stage.answer(breakOff);
    await stage.opensAfter(500);
  });

  it('says when it was lost, over all attempts, and that the device is offline', async () => {
    await stage.answer(succeed);
    await vi.advanceTimersByTimeAsync(4_000);
    stage.online = false;
    await stage.answer(breakOff);
    await stage.opensAfter(500);
    await stage.answer(fail);
    expect(stage.status).toMatchObject({ phase: 'offline', since: begun + 4_000, attempt: 2 });
  });

  it('ends the wait when woken, and opens once for it', async () => {
    await stage.answer(succeed);
    await stage.answer(breakOff);
    stage.connector.wake();
    stage.connector.wake();
    expect(stage.openings).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(500);
    expect(stage.openings).toHaveLength(2);
    await stage.answer(succeed);
    stage.connector.wake();
    expect(stage.openings).toHaveLength(2);
  });

  it('tries no more once it is stopped', async () => {
    await stage.answer(succeed);
    await stage.answer(breakOff);
    stage.connector.stop();
    stage.connector.wake();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(stage.openings).toHaveLength(1);
  });
});

describe('the server’s contract', () => {
  const tells = (version: number, oldestPage: number) => (opening: Opening): void => {
    opening.open();
    opening.listener.received('Contract', version, oldestPage);
    opening.listener.received('ChannelLeft', '@general');
  };

  it('is waited for before anything is asked', async () => {
    await stage.answer((opening) => opening.open());
    expect([stage.told, stage.status]).toEqual([[], { phase: 'connecting', since: begun }]);
    await stage.answer((opening) => opening.listener.received('Contract', contractVersion, contractVersion));
    expect([stage.told, stage.status]).toEqual([['opened'], { phase: 'online' }]);
    expect(stage.received).not.toHaveBeenCalled();
  });

  it('of another number is no matter while both get along', async () => {
    await stage.answer(tells(contractVersion + 1, contractVersion));
    expect(stage.told).toEqual(['opened']);
    expect(stage.received).toHaveBeenCalledExactlyOnceWith('ChannelLeft', '@general');
  });

  it('that the page cannot speak ends it: nothing is asked, heard or tried again', async () => {
    await stage.answer(tells(contractVersion + 1, contractVersion + 1));
    expect(stage.status).toEqual({ phase: 'incompatible', since: begun, server: 'newer' });
    expect(stage.last.close).toHaveBeenCalledOnce();
    stage.last.listener.closed();
    stage.connector.wake();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect([stage.openings.length, stage.told, stage.status?.phase]).toEqual([1, [], 'incompatible']);
    expect(stage.received).not.toHaveBeenCalled();
  });

  it('may be another one after a restart', async () => {
    await stage.answer(succeed);
    await stage.answer(breakOff);
    await stage.opensAfter(500);
    await stage.answer(tells(contractVersion + 1, contractVersion + 1));
    expect([stage.told, stage.status?.phase]).toEqual([['opened', 'lost'], 'incompatible']);
    // Another user signs in on the page that stays: it looks again.
    stage.connector.start('other');
    await stage.answer(succeed);
    expect(stage.status).toEqual({ phase: 'online' });
  });

  it('is the first one where the server tells none', async () => {
    await stage.answer((opening) => {
      opening.open();
      opening.listener.received('Operating', []);
    });
    expect(stage.told).toEqual(['opened']);
    expect(stage.received).toHaveBeenCalledExactlyOnceWith('Operating', []);
  });

  it('is not waited for longer than the opening: a server that stays silent is left', async () => {
    await stage.answer((opening) => opening.open());
    await vi.advanceTimersByTimeAsync(10_000);
    expect(stage.last.close).toHaveBeenCalledOnce();
    expect([stage.told, stage.status]).toMatchObject([[], { phase: 'reconnecting', attempt: 1 }]);
    await stage.opensAfter(500);
  });

  it('is not told by a connection that breaks before it: that is a loss like any other', async () => {
    await stage.answer((opening) => opening.open());
    await stage.answer(breakOff);
    expect(stage.status).toMatchObject({ phase: 'reconnecting', attempt: 1 });
    await stage.opensAfter(500);
    await stage.answer(succeed);
    expect(stage.status).toEqual({ phase: 'online' });
    // The one that was left is not counted again when its time is over.
    await vi.advanceTimersByTimeAsync(10_000);
    expect([stage.openings.length, stage.status]).toEqual([2, { phase: 'online' }]);
  });
});

describe('serverRestarting', () => {
  it('says so at once and comes back only after the announced time', async () => {
    await stage.answer(succeed);
    stage.connector.serverRestarting(10);
    expect(stage.status).toMatchObject({ phase: 'restarting', since: begun, retryAt: null });
    await vi.advanceTimersByTimeAsync(2_000);
    await stage.answer(breakOff);
    expect(stage.status).toMatchObject({ phase: 'restarting', since: begun, retryAt: begun + 10_500 });
    await stage.opensAfter(8_500);
    await stage.answer(fail);
    expect(stage.status).toMatchObject({ phase: 'restarting' });
    await stage.opensAfter(1_000);
    await stage.answer(succeed);
    await stage.answer(breakOff);
    expect(stage.status).toMatchObject({ phase: 'reconnecting' });
  });
});
