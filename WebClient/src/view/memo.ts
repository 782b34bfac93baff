import { Component, type ComponentChild, type FunctionComponent } from 'preact';
import { LocaleContext } from './localeContext';

/** A component that is drawn again only if one of its props, or the page's language, became another. */
export function memo<P extends object>(render: (props: P) => ComponentChild): FunctionComponent<P> {
  class Memo extends Component<P> {
    static override contextType = LocaleContext;

    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const keys = Object.keys(next) as (keyof P)[];
      return keys.some((key) => next[key] !== (this.props as Readonly<P>)[key]);
    }

    override render(): ComponentChild {
      return render(this.props as P);
    }
  }
  return Memo as unknown as FunctionComponent<P>;
}
