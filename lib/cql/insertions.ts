/** Text that is put into a statement, at an offset of the statement as it is written. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** Where a place of the qualified text is in the statement as it was written. */
export function placeBefore(at: number, insertions: readonly Insertion[]): number {
  let inserted = 0;
  for (const { at: place, text } of insertions) {
    if (place + inserted >= at) break;
    inserted += Math.min(text.length, at - (place + inserted));
  }
  return at - inserted;
}
