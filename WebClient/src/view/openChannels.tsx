import type { JSX } from 'preact';
import { t } from '../i18n';
import type { Lobby } from '../connection/lobbyApi';
import { showControls } from '../state/text';

interface OpenChannelsProps {
  readonly lobby: Lobby;
  readonly chosen: string;
  readonly choose: (name: string) => void;
}

/** Where something is going on: a press puts the channel into the form. */
export function OpenChannels({ lobby: { channels }, chosen, choose }: OpenChannelsProps): JSX.Element {
  return (
    <section class="open-channels" aria-labelledby="open-channels">
      <h2 id="open-channels">{t('lobby.channels')}</h2>
      {channels.length === 0 ? (
        <p class="hint">{t('lobby.none')}</p>
      ) : (
        <ul aria-labelledby="open-channels">
          {channels.map(({ name, topic, counts }) => (
            <li key={name}>
              <button type="button" aria-pressed={name.toLowerCase() === chosen.toLowerCase()} onClick={() => choose(name)}>
                <bdi class="channel-name">{name}</bdi>
                <span class="open-count">{t('members.summary', { count: counts.total, web: counts.web, native: counts.native })}</span>
                {topic && (
                  <span class="open-topic" dir="auto">
                    {showControls(topic)}
                  </span>
                )}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
