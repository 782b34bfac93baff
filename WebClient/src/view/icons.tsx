import type { JSX } from 'preact';

/** Line drawings on a 24 × 24 grid, in the colour of the text around them. */
const paths = {
  channels: 'M4 7h16M4 12h10M4 17h16',
  members: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.4-3.6 3-5.5 6.5-5.5s6.1 1.9 6.5 5.5M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.8c2 .7 3.2 2.5 3.5 5.2',
  close: 'm6 6 12 12M18 6 6 18',
  send: 'M5 12h13M12.5 6l6 6-6 6',
  leave: 'M14 4H6.5A1.5 1.5 0 0 0 5 5.5v13A1.5 1.5 0 0 0 6.5 20H14M10 12h10M16.5 8.5 20 12l-3.5 3.5',
  down: 'M12 5v14M6 13l6 6 6-6',
  waiting: 'M12 7v5l3 2M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17Z',
  sending: 'M12 3.5a8.5 8.5 0 1 1-8.5 8.5',
  delivered: 'm5 12.5 4.5 4.5L19 7.5',
  failed: 'M12 7.5v5.5M12 16.4v.1M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17Z',
  draft: 'm4 20 1-4L16 5l3 3L8 19l-4 1Z',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20 20',
  mention: 'M15.5 12a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0Zm0 0v1.4a2.4 2.4 0 0 0 4.8 0V12a8.3 8.3 0 1 0-3.3 6.6',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1',
  unread: 'M4 6.5h9M4 12h16M4 17.5h16M18 8.5a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z',
  read: 'm2.5 12.5 4.5 4.5L16 7.5M11.5 16l1 1L21.5 7.5',
  preferences: 'M4 7h9M19 7h1M4 17h1M11 17h9M16 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM8 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  reply: 'M9.5 7 4 12l5.5 5M4 12h9.5c3.6 0 6 2 6.5 6',
  react: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM9 10v.2M15 10v.2M8.2 14.2c1.8 2.6 5.8 2.6 7.6 0',
  edit: 'm4 20 1-4L16 5l3 3L8 19l-4 1Z',
  bin: 'M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10 11v5M14 11v5',
  more: 'M5 12v.1M12 12v.1M19 12v.1',
  pin: 'M9 4h6l-1 6 3 3v2H7v-2l3-3ZM12 15v5',
  muted: 'M6 16.5V11a6 6 0 0 1 9.5-4.9M18 11v5.5l1.5 1.5H6M10 20.5h4M4 4l16 16',
  hidden: 'M4 4l16 16M9.5 5.3A9 9 0 0 1 21 12a13 13 0 0 1-2.2 3M6.5 7A13 13 0 0 0 3 12c2.5 5 7 7.5 12 5.6M10 10a2.8 2.8 0 0 0 4 4',
  recent: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15ZM10 20.5h4',
  server: 'M4 5h16v6H4zM4 13h16v6H4zM7.5 8v.1M7.5 16v.1',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

/** The mark: two speech balloons that lean on one another, as an ink seal. */
export function Mark(): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <rect class="mark-ground" width="64" height="64" rx="15" />
      <path class="mark-first" d="M14 16a4 4 0 0 1 4-4h5a4 4 0 0 1 4 4v32a4 4 0 0 1-4 4h-9z" />
      <path class="mark-second" d="M31 33.5 44.5 14h8L40 32l14 20h-9L31 34z" />
    </svg>
  );
}
