import type { JSX } from 'preact';
import type { ChatClient } from '../connection/chatClient';
import { locale } from '../i18n';
import { ChatPage } from './chatPage';
import { ClientProvider } from './clientContext';
import { useStore } from './hooks';
import { LocaleContext } from './localeContext';
import { PreferencesDialog } from './preferencesDialog';
import { SignInPage } from './signInPage';
import { UpdateOffer } from './updateOffer';

export function App({ client }: { readonly client: ChatClient }): JSX.Element {
  const state = useStore(client.store);
  const speaks = useStore(locale);
  return (
    <LocaleContext.Provider value={speaks}>
      <ClientProvider value={client}>
        {state.session ? <ChatPage state={state} session={state.session} /> : <SignInPage signIn={state.signIn} />}
        <UpdateOffer needed={state.connection.phase === 'incompatible'} />
        <PreferencesDialog />
      </ClientProvider>
    </LocaleContext.Provider>
  );
}
