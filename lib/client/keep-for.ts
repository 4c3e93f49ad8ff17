const PERSON_KEY = 'ringside.person';

/**
 * Lets nobody see what this browser keeps of somebody else, whose session has ended without signing out. Called before
 * anything of it is shown.
 * @param person null where nobody signs in
 */
export function keepFor(person: { readonly name: string; readonly way: string } | null): void {
  if (typeof window === 'undefined' || person === null) return;
  const id = `${person.way}:${person.name}`;
  try {
    const before = window.localStorage.getItem(PERSON_KEY);
    if (before === id) return;
    if (before !== null) eraseKept();
    window.localStorage.setItem(PERSON_KEY, id);
  } catch {
    // Storage is turned off: nothing is kept.
  }
}

/** Erases what this browser keeps: changes that wait, statements, layouts. */
export function eraseKept(): void {
  try {
    window.localStorage.clear();
    window.sessionStorage.clear();
  } catch {
    // Storage is turned off: nothing is kept.
  }
}
