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

/** What scrolls must be reachable by keyboard; what does not scroll must not be a tab stop. */
export function focusableWhileScrolling(element: HTMLElement | null): (() => void) | undefined {
  if (element === null) return;
  const check = () => {
    if (element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight) element.tabIndex = 0;
    else element.removeAttribute('tabindex');
  };
  check();
  const observer = new ResizeObserver(check);
  observer.observe(element);
  for (const child of element.children) observer.observe(child);
  return () => observer.disconnect();
}
