import '../i18n/late';
import type { ComponentChild, JSX } from 'preact';
import { useId } from 'preact/hooks';
import { languageNames, t, type LanguageTag, type TextKey } from '../i18n';
import { choices, type PreferenceName, type Preferences } from '../state/preferences';
import { useClient } from './clientContext';
import { useModal } from './dialog';
import { useStore } from './hooks';
import { Icon } from './icons';
import { NotificationSettings } from './notificationSettings';
import { preferences, preferencesOpen } from './preferences';

/** The dialog itself, loaded when it is first wanted. */
export function PreferencesPanel(): JSX.Element {
  const chosen = useStore(preferences.store);
  const { session } = useClient().store.state;
  const title = useId();
  const { close, modal } = useModal(() => preferencesOpen.update(() => false));

  return (
    <dialog
      class="preferences"
      aria-labelledby={title}
      {...modal}
      onClick={(event) => event.target === event.currentTarget && close()}
    >
      <div class="preferences-box">
        <header class="preferences-header">
          <h2 id={title}>{t('preferences.title')}</h2>
          <button class="icon-button" type="button" aria-label={t('preferences.close')} onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        <Choice name="theme" label={t('preferences.theme')} chosen={chosen} texts={themeTexts} />
        <Choice name="density" label={t('preferences.density')} chosen={chosen} texts={densityTexts} />
        <Choice name="clock" label={t('preferences.clock')} chosen={chosen} texts={clockTexts} />
        <Choice name="sendKey" label={t('preferences.sendKey')} chosen={chosen} texts={sendKeyTexts} />
        <Choice name="comings" label={t('preferences.comings')} chosen={chosen} texts={comingsTexts} />
        <Choice name="shortcuts" label={t('preferences.shortcuts')} chosen={chosen} texts={shortcutsTexts} />
        <Language chosen={chosen.language} />
        {session && <NotificationSettings />}
        <p class="hint">{t('preferences.kept')}</p>
      </div>
    </dialog>
  );
}

type Texts<Name extends PreferenceName> = Readonly<Record<Preferences[Name], TextKey>>;

const themeTexts: Texts<'theme'> = {
  system: 'preferences.theme.system',
  light: 'preferences.theme.light',
  dark: 'preferences.theme.dark',
  contrast: 'preferences.theme.contrast',
};
const densityTexts: Texts<'density'> = { comfortable: 'preferences.density.comfortable', compact: 'preferences.density.compact' };
const clockTexts: Texts<'clock'> = {
  'language': 'preferences.clock.language',
  '12': 'preferences.clock.twelve',
  '24': 'preferences.clock.twentyFour',
};
const sendKeyTexts: Texts<'sendKey'> = { 'enter': 'preferences.sendKey.enter', 'ctrl-enter': 'preferences.sendKey.ctrlEnter' };
const comingsTexts: Texts<'comings'> = {
  folded: 'preferences.comings.folded',
  shown: 'preferences.comings.shown',
  hidden: 'preferences.comings.hidden',
};
const shortcutsTexts: Texts<'shortcuts'> = { on: 'preferences.shortcuts.on', off: 'preferences.shortcuts.off' };

interface ChoiceProps<Name extends PreferenceName> {
  readonly name: Name;
  readonly label: string;
  readonly chosen: Preferences;
  readonly texts: Texts<Name>;
}

function Choice<Name extends PreferenceName>({ name, label, chosen, texts }: ChoiceProps<Name>): ComponentChild {
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      {choices[name].map((value) => (
        <label key={value}>
          <input type="radio" name={name} checked={chosen[name] === value} onChange={() => preferences.choose({ [name]: value })} />
          {t(texts[value])}
        </label>
      ))}
    </fieldset>
  );
}

/** Each language under its own name: who landed in one they cannot read finds theirs. */
function Language({ chosen }: { readonly chosen: Preferences['language'] }): ComponentChild {
  const id = useId();
  const tags = Object.keys(languageNames) as LanguageTag[];
  return (
    <div class="field">
      <label for={id}>{t('preferences.language')}</label>
      <select
        id={id}
        value={chosen}
        onChange={(event) => preferences.choose({ language: event.currentTarget.value as Preferences['language'] })}
      >
        <option value="browser">{t('preferences.language.browser')}</option>
        {tags.map((tag) => (
          <option key={tag} value={tag} lang={tag}>
            {languageNames[tag]}
          </option>
        ))}
      </select>
    </div>
  );
}
