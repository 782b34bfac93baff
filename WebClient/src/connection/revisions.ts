import { channelKey, type ChannelKey, type ChatState, type Composing, type OwnChange } from '../state/chatState';
import { changeBegun, changeEnded, changeRefused, composingChanged, lastOwn, revised } from '../state/revisions';
import type { Store } from '../state/store';
import { ChatError } from './chatError';
import type { Message, MessageVersion } from './contract';
import type { HubLink } from './hub';

/** What users do to messages that are there: edit, delete, react. Shown when the server has done it; what it refuses is said at the row. */
export class Revisions {
  #link: HubLink | null = null;

  constructor(private readonly store: Store<ChatState>) {}

  attach(link: HubLink): void {
    this.#link = link;
  }

  detach(): void {
    this.#link = null;
  }

  /** The composer is to answer a message. */
  reply(key: ChannelKey, seq: number): void {
    this.store.update((state) => composingChanged(state, key, { kind: 'reply', seq }));
  }

  /** The composer is to edit an own message; an edit that was refused goes on with its text. */
  beginEdit({ channel, seq, text }: Message): void {
    const key = channelKey(channel);
    const refused = this.store.state.channels.get(key)?.changes.get(seq);
    const begun = refused?.kind === 'edit' && refused.problem ? refused.text : text;
    this.store.update((state) => composingChanged(changeEnded(state, key, seq), key, { kind: 'edit', seq, text: begun }));
  }

  /** The composer is to edit the newest own message. False if none is held. */
  beginLastEdit(key: ChannelKey): boolean {
    const { channels, session } = this.store.state;
    const channel = channels.get(key);
    const last = channel && session ? lastOwn(channel, session.sessionId) : undefined;
    if (last) this.beginEdit(last);
    return last !== undefined;
  }

  /** An edit that is not finished goes on later, with its text. Unless it was ended. */
  keepEdit(key: ChannelKey, edit: Extract<Composing, { readonly kind: 'edit' }>): void {
    const { composing } = this.store.state.channels.get(key) ?? { composing: null };
    if (composing?.kind === 'edit' && composing.seq === edit.seq) this.store.update((state) => composingChanged(state, key, edit));
  }

  /** The composer is to write a message of its own again. */
  cancel(key: ChannelKey): void {
    this.store.update((state) => composingChanged(state, key, null));
  }

  async edit(key: ChannelKey, seq: number, text: string): Promise<void> {
    this.cancel(key);
    await this.#change(key, seq, { kind: 'edit', text, problem: null }, (link, name) => link.call('Edit', name, seq, text));
  }

  async delete(key: ChannelKey, seq: number): Promise<void> {
    await this.#change(key, seq, { kind: 'delete', text: '', problem: null }, (link, name) => link.call('Delete', name, seq));
  }

  async react(key: ChannelKey, seq: number, emoji: string, on: boolean): Promise<void> {
    await this.#change(key, seq, { kind: 'react', text: '', problem: null }, (link, name) => link.call('React', name, seq, emoji, on));
  }

  /** What was refused is no matter any more. */
  dismiss(key: ChannelKey, seq: number): void {
    this.store.update((state) => changeEnded(state, key, seq));
  }

  async versions(key: ChannelKey, seq: number): Promise<readonly MessageVersion[]> {
    const name = this.store.state.channels.get(key)?.name ?? key;
    if (!this.#link) throw new ChatError('unreachable');
    return this.#link.call('Versions', name, seq);
  }

  async #change(key: ChannelKey, seq: number, change: OwnChange, ask: (link: HubLink, name: string) => Promise<Message>): Promise<void> {
    const name = this.store.state.channels.get(key)?.name ?? key;
    this.store.update((state) => changeBegun(state, key, seq, change));
    try {
      if (!this.#link) throw new ChatError('unreachable');
      const message = await ask(this.#link, name);
      this.store.update((state) => changeEnded(revised(state, key, [message]), key, seq));
    } catch (error) {
      const problem = error instanceof ChatError ? error.problem : { code: 'server-fault' as const, detail: '' };
      this.store.update((state) => changeRefused(state, key, seq, change, problem));
    }
  }
}
