import type { Catalogue } from './catalogue';

/** What stands around the conversation: lists and their menus, notifications, the way in. */
export const enFrame = {
  'app.skip.channels': 'Skip to the channels',
  'app.skip.members': 'Skip to the members',

  'update.found': 'There is a newer version of this page. What you are writing is kept.',
  'update.reload': 'Reload to update',

  'signIn.username.free': 'This name is free',

  'lobby.channels': 'Open now',
  'lobby.none': 'No channel is open. The first one who comes in opens it.',

  'channels.announce.unread': { one: '{channel}, {count} unread message', other: '{channel}, {count} unread messages' },
  'channels.pinned': 'Pinned',
  'channels.muted': 'Muted',
  'channels.filter': 'Filter channels',
  'channels.filter.none': 'Nothing in the list is called “{filter}”.',
  'channels.unreadFirst': 'Unread first',
  'channels.menu': 'More about {channel}',
  'channels.hidden': 'Hidden',
  'channels.hiddenOnes': 'Hidden channels ({count})',
  'channels.hiddenOnes.label': 'Hidden channels',
  'channels.up': 'Move up',
  'channels.down': 'Move down',
  'channels.moved': '{channel}: place {place} of {count}',

  'notify.title': '{author} in {channel}',

  'members.operators': 'Operators',
  'members.others': 'Others',
  'members.live.web': 'Here: the browser is connected',
  'members.live.native': 'Here: its client asks for news every few seconds, and did so just now',
  'members.filter': 'Filter members',
  'members.menu': 'More about {name}',
  'members.hidden': 'muted for me',

  'profile.open': 'Profile',

  'conversation.label': 'Conversation',
  'conversation.topic': 'Topic:',

  'connection.incompatible': 'Incompatible version',
  'connection.banner.newer': 'The server is newer than this page: they do not understand each other any more. What you wrote is kept and will be sent after a reload.',
  'connection.banner.older': 'The server is older than this page: they do not understand each other. What you wrote is kept and will be sent after a reload.',
  'connection.long': 'No connection to the server. What you write waits on this device.',

  'recent.open': 'Recent notices',
  'recent.title': 'Recent notices',
  'recent.none': 'There were none since the page was opened.',

  'keys.nextRegion': 'Next region of the page',
  'keys.regionBefore': 'Region before',
} as const satisfies Catalogue;
