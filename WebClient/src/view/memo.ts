import { Component, type ComponentChild, type FunctionComponent } from 'preact';
import { LocaleContext } from './localeContext';

/** How two values of each prop are compared; those that are not named are the same if they are one. */
type Comparisons<P> = { readonly [K in keyof P]?: (one: P[K], other: P[K]) => boolean };

/** A component that is drawn again only if one of its props, or the page's language, became another. */
export function memo<P extends object>(render: (props: P) => ComponentChild, same: Comparisons<P> = {}): FunctionComponent<P> {
  class Memo extends Component<P> {
    static override contextType = LocaleContext;

    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const keys = Object.keys(next) as (keyof P)[];
      const props = this.props as Readonly<P>;
      return keys.some((key) => next[key] !== props[key] && !same[key]?.(props[key], next[key]));
    }

    override render(): ComponentChild {
      return render(this.props as P);
    }
  }
  return Memo as unknown as FunctionComponent<P>;
}
