import type { MutationNote, RowChange } from '@/lib/contract/mutations';
import { note } from './notes';
import { EditError, type PlanTable } from './table';

/** Changes of rows some of whose columns are masked for whoever makes them. */

/**
 * A change as it can be made without the masked cells, which nobody has seen, so that nothing is compared with them.
 * @param masked names of columns
 * @throws EditError for a change that would write a masked cell, or lose it
 */
export function withoutMasked(change: RowChange, masked: readonly string[]): RowChange {
  if (masked.length === 0) return change;
  const written = writtenColumns(change).find((name) => masked.includes(name));
  if (written !== undefined) throw new EditError(`“${written}” is masked for you, so it cannot be changed.`);
  if (change.kind === 'move') {
    throw new EditError(
      `The row cannot get another key: ${namesText(masked)} cannot go with it, because a masked value is never read to be written.`,
    );
  }
  if (!('seen' in change) || change.seen == null) return change;
  return {
    ...change,
    seen: Object.fromEntries(Object.entries(change.seen).filter(([name]) => !masked.includes(name))),
  };
}

function writtenColumns(change: RowChange): string[] {
  if (change.kind === 'insert') return Object.keys(change.values);
  return 'edits' in change ? Object.keys(change.edits ?? {}) : [];
}

/** What a plan says of masked columns; nothing where there are none. */
export function maskedNotes({ masked = [] }: PlanTable, code: 'masked' | 'masked_deleted'): MutationNote[] {
  if (masked.length === 0) return [];
  const { text } = note(code);
  return [{ code, text: text.replace('“…”', namesText(masked)) }];
}

function namesText(names: readonly string[]): string {
  return names.map((name) => `“${name}”`).join(', ');
}
