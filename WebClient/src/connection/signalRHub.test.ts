import { expect, it, vi } from 'vitest';
import { openHub } from './signalRHub';

const invoke = vi.hoisted(() => vi.fn((..._: readonly unknown[]) => Promise.resolve(null)));
vi.mock('@microsoft/signalr', async (original) => {
  const library = await original<typeof import('@microsoft/signalr')>();
  const connection = { on: () => undefined, onclose: () => undefined, start: () => Promise.resolve(), stop: () => Promise.resolve(), invoke };
  const builder: object = new Proxy({}, { get: (_, name) => () => (name === 'build' ? connection : builder) });
  return { ...library, HubConnectionBuilder: vi.fn(function build() { return builder; }) };
});

it('sends half a surrogate pair as a replacement character, wherever in a call it is', async () => {
  const link = await openHub('token', { received: () => undefined, closed: () => undefined });
  await link.call('Send', '@room', 'whole \u{1f44d}, cut \ud83d', 'id');
  await link.call('Impose', { kind: 'ban', username: 'anna', reason: '\udc4d cut', minutes: 5 } as never);
  expect(invoke.mock.calls).toEqual([
    ['Send', '@room', 'whole \u{1f44d}, cut \ufffd', 'id'],
    ['Impose', { kind: 'ban', username: 'anna', reason: '\ufffd cut', minutes: 5 }],
  ]);
});
