import type { ChatClient } from '../connection/chatClient';
import { t } from '../i18n';
import type { ChannelKey } from '../state/chatState';
import { pathOfMessage } from '../state/route';
import { say } from './announcer';

/** Puts the address of a message into the clipboard, and says so. */
export async function copyLink(client: ChatClient, key: ChannelKey, seq: number): Promise<void> {
  const name = client.store.state.channels.get(key)?.name ?? key;
  const address = new URL(pathOfMessage(name, seq), location.href).href;
  say(t((await write(address)) ? 'message.linkCopied' : 'message.linkNotCopied'));
}

/** Puts the address of a channel into the clipboard, and says so. */
export async function copyInvitation(address: string): Promise<void> {
  say(t((await write(address)) ? 'message.linkCopied' : 'conversation.empty.notCopied'));
}

export async function copyCode(code: string): Promise<void> {
  say(t((await write(code)) ? 'message.codeCopied' : 'message.codeNotCopied'));
}

/** Puts a name into the clipboard; whether that was possible is for the caller to say. */
export const copyName = (name: string): Promise<boolean> => write(name);

/** Browsers offer the clipboard on HTTPS and localhost only; elsewhere the old way works, from a field that has the focus. */
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const before = document.activeElement;
    const field = document.createElement('textarea');
    field.className = 'visually-hidden';
    field.value = text;
    // Beneath an open dialog nothing can be selected.
    (before?.closest('dialog') ?? document.body).append(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    return copied;
  }
}
