import type { JSX } from 'preact';
import '../i18n/late';
import { CommandHelp } from './commandHelp';
import { answered, type Asked } from './dialogs';
import { OperatorDialog } from './operatorDialog';
import { PasteDialog } from './pasteDialog';
import { ProfileDialog } from './profileDialog';
import { SanctionDialog } from './sanctionDialog';
import { Switcher } from './switcher';

/** The dialogs that most visits pass without. */
export function LateDialog({ asked }: { readonly asked: Asked }): JSX.Element {
  const closed = (): void => answered(asked);
  switch (asked.kind) {
    case 'switcher':
      return <Switcher closed={closed} />;
    case 'commands':
      return <CommandHelp closed={closed} />;
    case 'operator':
      return <OperatorDialog closed={closed} />;
    case 'sanction':
      return <SanctionDialog draft={asked.draft} closed={closed} />;
    case 'profile':
      return (
        <ProfileDialog
          who={asked.who}
          closed={() => {
            closed();
            asked.back?.();
          }}
        />
      );
    case 'paste':
      return <PasteDialog text={asked.text} insert={asked.insert} closed={closed} />;
  }
}
