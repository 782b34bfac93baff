import { createContext } from 'preact';
import { locale } from '../i18n';

/** How the page speaks, for what is drawn again only if something it knows of changed. */
export const LocaleContext = createContext(locale.state);
