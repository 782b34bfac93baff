import type { JSX } from 'preact';
import type { ChatClient } from '../connection/chatClient';
import { ChatPage } from './chatPage';
import { ClientProvider } from './clientContext';
import { useStore } from './hooks';
import { SignInPage } from './signInPage';

export function App({ client }: { readonly client: ChatClient }): JSX.Element {
  const state = useStore(client.store);
  return (
    <ClientProvider value={client}>
      {state.session ? <ChatPage state={state} session={state.session} /> : <SignInPage signIn={state.signIn} />}
    </ClientProvider>
  );
}
