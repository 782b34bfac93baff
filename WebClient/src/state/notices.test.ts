import { expect, it } from 'vitest';
import { initialState } from './chatState';
import { broadcastArrived, noticeDismissed } from './notices';

it('keeps words to everybody once each, until they are put away', () => {
  const said = broadcastArrived(broadcastArrived(broadcastArrived(initialState, 'a', true), 'b', false), 'a', true);
  expect(said.notices).toEqual([{ text: 'b', dismissible: false }, { text: 'a', dismissible: true }]);
  expect(noticeDismissed(said, 'a').notices).toEqual([{ text: 'b', dismissible: false }]);
});
