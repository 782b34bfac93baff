import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchInspection } from './inspectionStream';
import { closed, Live, pollEvery } from './live';
import type { InspectedPdu } from './types';

/** Stands in for an EventSource that the test drives. */
class Source extends EventTarget {
  readyState = 0;
  constructor(readonly address: string) {
    super();
  }
  close(): void {
    this.readyState = closed;
  }
  opens(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }
  fails(forGood: boolean): void {
    this.readyState = forGood ? closed : 0;
    this.dispatchEvent(new Event('error'));
  }
  tells(name: string, data: string): void {
    this.dispatchEvent(new MessageEvent(name, { data }));
  }
}

let sources: Source[];
const open = (address: string): Source => {
  const source = new Source(address);
  sources.push(source);
  return source;
};
const last = (): Source => {
  const source = sources.at(-1);
  if (!source) throw new Error('Nothing was opened.');
  return source;
};

beforeEach(() => {
  sources = [];
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

describe('the live stream', () => {
  it('is one for all listeners, and open as long as there is one', () => {
    const live = new Live(open as never);
    const [first, second] = [live.listen(() => {}), live.listen(() => {})];
    expect(sources.map(({ address }) => address)).toEqual(['/api/v1/events']);
    last().opens();
    expect(live.freshness.state).toBe('live');
    first();
    expect(last().readyState).toBe(1);
    second();
    expect(last().readyState).toBe(closed);
    expect(live.freshness.state).toBe('waiting');
  });

  it('tells what happens; what cannot be read is as if it had not', () => {
    const live = new Live(open as never);
    const told: unknown[] = [];
    live.listen((event, data) => told.push([event, data]));
    last().opens();
    last().tells('audit', '{"id":"7"}');
    last().tells('stats', '{');
    last().tells('reset', '{}');
    expect(told).toEqual([['poll', null], ['audit', { id: '7' }], ['poll', null]]);
    live.stop();
  });

  it('has its listeners ask when it is open, while it is broken, and once more when it is mended', () => {
    const live = new Live(open as never);
    const told: string[] = [];
    live.listen((event) => told.push(event));
    // What happened between their first question and the opening nobody told.
    last().opens();
    expect(told).toEqual(['poll']);
    last().fails(false);
    expect(live.freshness.state).toBe('polling');
    vi.advanceTimersByTime(pollEvery * 2);
    expect(told).toEqual(['poll', 'poll', 'poll']);
    last().opens();
    expect(told.length).toBe(4);
    vi.advanceTimersByTime(pollEvery * 4);
    expect(told.length).toBe(4);
    expect(sources.length).toBe(1);
    live.stop();
  });

  it('is opened again after a refusal, which the browser does not do by itself', () => {
    const live = new Live(open as never);
    live.listen(() => {});
    last().fails(true);
    expect(live.freshness.state).toBe('polling');
    vi.advanceTimersByTime(30_000);
    expect(sources.length).toBe(2);
    last().opens();
    expect(live.freshness.state).toBe('live');
    live.stop();
    vi.advanceTimersByTime(60_000);
    expect(sources.length).toBe(2);
  });
});

describe('the stream of an inspection', () => {
  it('tells each PDU and its end', () => {
    const told: InspectedPdu[] = [];
    let ended = 0;
    watchInspection(open as never, 'a', (pdu) => told.push(pdu), () => ended++);
    expect(last().address).toBe('/api/v1/inspections/a/events');
    last().tells('pdu', '{"n":1}');
    last().fails(false);
    expect([told, ended]).toEqual([[{ n: 1 }], 0]);
    last().tells('inspection.ended', '{"endedBy":"timeLimit"}');
    expect([ended, last().readyState]).toEqual([1, closed]);
  });

  it('has ended when the server has nothing more to tell', () => {
    let ended = 0;
    watchInspection(open as never, 'a', () => {}, () => ended++);
    last().fails(true);
    expect(ended).toBe(1);
  });
});
