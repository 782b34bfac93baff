/** Where a reader is: at the end (null), or with a row at a height in the view. */
export type Place = { readonly row: string; readonly top: number } | null;

/** "At the end" up to this distance, in CSS pixels. */
const endWithin = 30;
/** Closer than this to either end of what is held, more is loaded. */
const nearWithin = 400;
/** Whoever scrolls towards it is ahead of them by so many heights of the view: what is drawn there is drawn over several frames. */
const aheadBy = 3;

export interface ScrollListener {
  moved(atEnd: boolean): void;
  nearStart(): void;
  nearEnd(): void;
}

/**
 * Keeps the reader's place in a list that grows at both ends: at the end it stays at the end, elsewhere the row under the reader's eye
 * stays where it is. Browsers with anchoring of their own (`overflow-anchor`) have done that by the time the place is measured, without ending a scroll that is under way; by
 * hand it is done where there is none, and at the very top, where none of them does it.
 */
export class ScrollKeeper {
  #atEnd = true;
  /** Where the end was when the view was brought to it; nowhere if it does not stay there. */
  #end = Infinity;
  #anchor: { readonly element: HTMLElement; readonly top: number } | null = null;
  /** The rows there are, until the list changes. */
  #rows: readonly HTMLElement[] | null = null;
  /** The first of them that was in view. */
  #first = 0;
  /** Where the view was when it was last looked at. */
  #from = 0;

  constructor(
    private readonly scroller: HTMLElement,
    private readonly listener: ScrollListener,
  ) {}

  /**
   * The reader scrolled, or the view was brought somewhere: the browser does not tell which, and tells it late. The room may have become smaller by then, and the end
   * be further down than the view, without anybody having left it: who was brought to the end leaves it upwards only.
   */
  scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const below = scrollHeight - scrollTop - clientHeight;
    this.#atEnd = below <= endWithin || (this.#atEnd && scrollTop >= this.#end);
    // Where the view was brought by hand the place is known already, and more exactly than whole pixels tell it: many small loads would add up to a shift.
    if (scrollTop !== this.#from || !this.#anchor?.element.isConnected) this.#remember();
    this.listener.moved(this.#atEnd);
    const ahead = aheadBy * clientHeight;
    if (scrollTop < (scrollTop < this.#from ? Math.max(ahead, nearWithin) : nearWithin)) this.listener.nearStart();
    if (below < (scrollTop > this.#from ? Math.max(ahead, nearWithin) : nearWithin)) this.listener.nearEnd();
    this.#from = scrollTop;
  }

  /** The list, or the room for it, has changed. */
  keep(stayAtEnd: boolean): void {
    this.#rows = null;
    if (!stayAtEnd) this.#end = Infinity;
    if (this.#atEnd && stayAtEnd) {
      this.toEnd();
    } else if (this.#anchor?.element.isConnected) {
      const { element, top } = this.#anchor;
      const shift = this.#topOf(element) - top;
      if (Math.abs(shift) > 0.5) this.scroller.scrollTop += shift;
      // There may be no room to scroll so far: then the place is where the view came to be.
      if (Math.abs(this.#topOf(element) - top) >= 1) this.#remember();
    } else {
      this.#remember();
    }
    this.#from = this.scroller.scrollTop;
  }

  toEnd(): void {
    this.#atEnd = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#end = this.#from = this.scroller.scrollTop;
    this.#remember();
  }

  /** Brings an element to a height in the view, a third of it from the top if none is given. */
  show(element: HTMLElement, top = this.scroller.clientHeight / 3): void {
    this.scroller.scrollTop += this.#topOf(element) - top;
    this.#from = this.scroller.scrollTop;
    this.#remember();
    this.scrolled();
  }

  /** Whether an element lies below what is visible. */
  isBelow(element: HTMLElement): boolean {
    return this.#topOf(element) > this.scroller.clientHeight;
  }

  get place(): Place {
    if (this.#atEnd || !this.#anchor) return null;
    return { row: this.#anchor.element.dataset['row'] ?? '', top: this.#anchor.top };
  }

  /** Notes the first row in view. Separators do not count: they stick to the top while the rows move. */
  #remember(): void {
    const rows = (this.#rows ??= [...this.scroller.querySelectorAll<HTMLElement>('[data-row]')]);
    const top = this.scroller.getBoundingClientRect().top;
    const isAbove = (row: number): boolean => (rows[row]?.getBoundingClientRect().bottom ?? Infinity) <= top;
    // From frame to frame the reader moves by a few rows: looked for in steps that double, from where it was, and then between the last two.
    let from = Math.min(this.#first, rows.length);
    let to = from;
    if (from < rows.length && isAbove(from)) {
      for (let step = 1; to < rows.length && isAbove(to); step *= 2) [from, to] = [to + 1, Math.min(to + step, rows.length)];
    } else {
      for (let step = 1; from > 0 && !isAbove(from - 1); step *= 2) [from, to] = [Math.max(from - step, 0), from - 1];
    }
    while (from < to) {
      const middle = (from + to) >> 1;
      if (isAbove(middle)) from = middle + 1;
      else to = middle;
    }
    this.#first = from;
    const element = rows[from];
    this.#anchor = element ? { element, top: element.getBoundingClientRect().top - top } : null;
  }

  #topOf(element: HTMLElement): number {
    return element.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top;
  }
}
