const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';

/** Gives the focus to the first element inside `surface` that takes it, else to itself; unless it is inside already. */
export function focusInside(surface: HTMLElement): void {
  const { activeElement } = document;
  if (activeElement !== surface && surface.contains(activeElement)) return;
  for (const candidate of surface.querySelectorAll<HTMLElement>(FOCUSABLE)) {
    candidate.focus();
    if (document.activeElement === candidate) return;
  }
  surface.focus();
}
