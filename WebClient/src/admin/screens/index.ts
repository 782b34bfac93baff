import type { JSX } from 'preact';
import type { Route, Screen } from '../state/route';
import { AuditScreen } from './audit';
import { ChannelScreen } from './channel';
import { ChannelsScreen } from './channels';
import { ConnectionScreen } from './connection';
import { ConnectionsScreen } from './connections';
import { JobsScreen } from './jobs';
import { KeysScreen } from './keys';
import { NoticesScreen } from './notices';
import { OverviewScreen } from './overview';
import { RaidScreen } from './raid';
import { SanctionsScreen } from './sanctions';
import { SessionsScreen } from './sessions';
import { SettingsScreen } from './settings';

export type ScreenView = (props: { readonly route: Route }) => JSX.Element;

const lists: Readonly<Record<Screen, ScreenView>> = {
  overview: OverviewScreen, connections: ConnectionsScreen, sessions: SessionsScreen, channels: ChannelsScreen, sanctions: SanctionsScreen, raid: RaidScreen, notices: NoticesScreen,
  audit: AuditScreen, jobs: JobsScreen, settings: SettingsScreen, keys: KeysScreen,
};

export function screenOf({ screen, item }: Route): ScreenView {
  if (item !== null && screen === 'connections') return ConnectionScreen;
  if (item !== null && screen === 'channels') return ChannelScreen;
  return lists[screen];
}
