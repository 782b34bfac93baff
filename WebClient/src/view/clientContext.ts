import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ChatClient } from '../connection/chatClient';

const ClientContext = createContext<ChatClient | null>(null);

export const ClientProvider = ClientContext.Provider;

export function useClient(): ChatClient {
  const client = useContext(ClientContext);
  if (!client) throw new Error('No client around this component.');
  return client;
}
