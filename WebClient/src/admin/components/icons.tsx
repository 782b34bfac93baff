import type { JSX } from 'preact';
import type { Screen } from '../state/route';

/** Line drawings on a 24 × 24 grid, as on the chat page. */
const paths = {
  overview: 'M4 19V5M4 19h16M8 15l3.5-4.5 3 2.5L20 7',
  connections: 'M8 8H6a4 4 0 0 0 0 8h2M16 8h2a4 4 0 0 1 0 8h-2M8.5 12h7',
  sessions: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20a7.5 7.5 0 0 1 15 0',
  channels: 'M9 4 7 20M17 4l-2 16M4.5 9h15.5M4 15h15.5',
  sanctions: 'M12 3.5 19 6v5.5c0 4.3-2.9 7.3-7 9-4.1-1.7-7-4.7-7-9V6ZM9 12l2.2 2.2L15.2 10',
  raid: 'M12 4v4M5 8l2.5 2.5M19 8l-2.5 2.5M7.5 18v-3.5a4.5 4.5 0 0 1 9 0V18M5 20h14',
  notices: 'M4 10v4h3l8 4.5v-13L7 10ZM18.5 9.5a4 4 0 0 1 0 5',
  audit: 'M7 4h10v16H7zM10 8h4M10 12h4M10 16h2.5',
  jobs: 'M12 7v5l3 2M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17Z',
  settings: 'M4 7h9M19 7h1M4 17h1M11 17h9M16 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM8 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  keys: 'M14.5 13.5a4.5 4.5 0 1 0-4-2.5L4 17.5V20h3v-2h2v-2h2l1.3-2.6M15.5 8.5v.1',
  menu: 'M4 7h16M4 12h16M4 17h16',
  bell: 'M6.5 16V11a5.5 5.5 0 0 1 11 0v5l1.5 2H5ZM10 20.5h4',
  warning: 'M12 4 3.5 19h17ZM12 10v4M12 16.5v.1',
  leave: 'M14 4H6.5A1.5 1.5 0 0 0 5 5.5v13A1.5 1.5 0 0 0 6.5 20H14M10 12h10M16.5 8.5 20 12l-3.5 3.5',
} as const satisfies Record<Screen | 'menu' | 'bell' | 'warning' | 'leave', string>;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
