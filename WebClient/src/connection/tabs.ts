/** What one tab tells the others of the same browser. */
export type TabWord =
  | { readonly type: 'outbox' }
  | { readonly type: 'entered'; readonly sessionId: string; readonly name: string };

export interface Tabs {
  tell(word: TabWord): void;
  listen(heard: (word: TabWord) => void): void;
}

export function openTabs(): Tabs {
  const channel = new BroadcastChannel('kaichat');
  return {
    tell: (word) => channel.postMessage(word),
    listen: (heard) => {
      channel.onmessage = (event: MessageEvent<TabWord>) => heard(event.data);
    },
  };
}
