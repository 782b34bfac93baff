import type { FunctionComponent, JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { t } from '../i18n';
import { say } from './announcer';
import { answered, asked, type Asked } from './dialogs';
import { useStore } from './hooks';

let asks = 0;

type Late = FunctionComponent<{ readonly asked: Asked }>;

/** Shows the dialog that is wanted, once it is loaded. */
export function AskedDialog(): JSX.Element | null {
  const wanted = useStore(asked);
  // One that follows another is an element of its own: the one before may be about to close.
  const ask = useMemo(() => ++asks, [wanted]);
  const [late, setLate] = useState<{ readonly component: Late } | null>(null);
  useEffect(() => {
    if (!wanted || late) return;
    import('./lateDialogs').then(
      ({ LateDialog: component }) => setLate({ component }),
      () => {
        answered(wanted);
        say(t('error.unreachable'));
      },
    );
  }, [wanted]);
  if (!wanted || !late) return null;
  const Component = late.component;
  return <Component key={ask} asked={wanted} />;
}
