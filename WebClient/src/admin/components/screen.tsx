import type { ComponentChildren, JSX } from 'preact';

/** A screen's head: its name, what it is for, and what can be done on it. */
export function ScreenHead({ title, lead, children }: { readonly title: string; readonly lead?: string; readonly children?: ComponentChildren }): JSX.Element {
  return (
    <header class="screen-head">
      <div>
        <h1 tabIndex={-1}>{title}</h1>
        {lead !== undefined && <p class="lead">{lead}</p>}
      </div>
      {children && <div class="screen-actions">{children}</div>}
    </header>
  );
}

/** A part of a screen, with its own name. */
export function Section({ title, children, actions }: { readonly title: string; readonly children: ComponentChildren; readonly actions?: ComponentChildren }): JSX.Element {
  return (
    <section class="section" aria-label={title}>
      <div class="section-head">
        <h2>{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}
