import { type JsonValue, ownValue } from '@/lib/contract/json';
import type {
  CellEdit,
  MutationNote,
  MutationOptions,
  MutationPlan,
  RowChange,
  RowRead,
  StatementOutcome,
} from '@/lib/contract/mutations';
import { isCounterTable } from '../cql/mutation/checks';
import type { RowKey } from '../cql/row-key';
import { edited } from './cell';
import { columnNamed, EditError, type EditTable, keyText } from './table';

/** What a review says of a plan, and of what became of it. */

/** A cell of a change; undefined: unset, or not known. */
export interface ShownCell {
  readonly column: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
  /** What a counter is changed by. */
  readonly by?: string;
}

/** What a change does to each cell that it is about. @param row as the plan read it */
export function shownCells(table: EditTable, change: RowChange, row: RowRead | null): readonly ShownCell[] {
  switch (change.kind) {
    case 'insert':
      return Object.entries(change.values).map(([column, after]) => ({ column, before: undefined, after }));
    case 'delete':
      return Object.entries(row?.cells ?? {}).flatMap(([column, { value }]) =>
        value === null || columnNamed(table, column).kind === 'static'
          ? []
          : [{ column, before: value, after: undefined }],
      );
    case 'update':
    case 'move': {
      const seen = change.seen ?? {};
      return Object.entries(change.edits ?? {}).map(([column, edit]) => {
        const before = ownValue(row?.cells ?? {}, column)?.value ?? ownValue(seen, column) ?? null;
        return cellAfter(table, column, before, edit);
      });
    }
    default:
      return [];
  }
}

function cellAfter(table: EditTable, column: string, before: JsonValue, edit: CellEdit): ShownCell {
  try {
    const after = edited(columnNamed(table, column), before, edit);
    return { column, before, after, ...('by' in edit ? { by: edit.by } : {}) };
  } catch (error) {
    // The plan refuses it with the reason.
    if (!(error instanceof EditError)) throw error;
    return { column, before, after: 'set' in edit ? edit.set : undefined };
  }
}

export interface GroupedNote extends MutationNote {
  /** Which statements it is about; empty: all of them. */
  readonly statements: readonly number[];
}

/** Each note once, with the statements that it is about. */
export function groupedNotes({
  notes,
  statements,
}: Pick<MutationPlan, 'notes' | 'statements'>): readonly GroupedNote[] {
  const groups = new Map<string, { note: MutationNote; statements: number[] }>();
  for (const [index, statement] of statements.entries()) {
    for (const note of statement.notes) {
      const group = groups.get(note.text) ?? { note, statements: [] };
      if (group.statements.at(-1) !== index) group.statements.push(index);
      groups.set(note.text, group);
    }
  }
  const grouped = [...groups.values()].map(({ note, statements: about }) => ({
    ...note,
    statements: about.length === statements.length ? [] : about,
  }));
  return [...notes.map((note) => ({ ...note, statements: [] })), ...grouped];
}

type Outcomes = ReadonlyMap<number, StatementOutcome>;

/** How a change ended. `half`: some of its statements were applied, and not all. */
export type ChangeEnd = 'applied' | 'half' | 'unknown' | 'not_made';

function endOf(ends: readonly StatementOutcome['outcome'][]): ChangeEnd | null {
  if (ends.length === 0) return null;
  if (ends.every((end) => end === 'applied')) return 'applied';
  if (ends.includes('applied')) return 'half';
  return ends.includes('unknown') ? 'unknown' : 'not_made';
}

/** How each change ended over all statements that make it; null: none does. A statement without outcome is unknown. */
export function changeEnds({ changes, statements }: MutationPlan, outcomes: Outcomes): readonly (ChangeEnd | null)[] {
  const ends = changes.map((): StatementOutcome['outcome'][] => []);
  for (const [at, statement] of statements.entries()) {
    for (const change of statement.changes) ends[change]?.push(outcomes.get(at)?.outcome ?? 'unknown');
  }
  return ends.map(endOf);
}

/** Keys of the changes all of whose statements were applied: they leave the queue. */
export function settledKeys(table: EditTable, plan: MutationPlan, outcomes: Outcomes): readonly RowKey[] {
  const ends = changeEnds(plan, outcomes);
  // A range and the static columns of its partition have one key: both stay where one does.
  const staying = new Set(plan.changes.filter((_, at) => ends[at] !== 'applied').map(({ key }) => keyText(table, key)));
  return plan.changes
    .filter((change, at) => ends[at] === 'applied' && !staying.has(keyText(table, change.key)))
    .map(({ key }) => key);
}

/** How many statements ended in each way. */
export function outcomeCounts(outcomes: Outcomes): Readonly<Record<StatementOutcome['outcome'], number>> {
  const counts = { applied: 0, not_applied: 0, unknown: 0, refused: 0, not_sent: 0 };
  for (const { outcome } of outcomes.values()) counts[outcome]++;
  return counts;
}

/** In which ways changes can be run: what has no guard, TTL or batch log is not asked about. */
export interface Choices {
  readonly mode: boolean;
  readonly ttl: boolean;
  readonly logged: boolean;
}

export function choicesFor(table: EditTable, changes: readonly RowChange[]): Choices {
  if (isCounterTable(table)) return { mode: false, ttl: false, logged: false };
  const writes = changes.some(({ kind }) => kind === 'update' || kind === 'insert' || kind === 'move');
  return { mode: changes.some(({ kind }) => !kind.startsWith('delete_')), ttl: writes, logged: true };
}

/** The chosen options without those that do not apply. */
export function optionsFor(table: EditTable, changes: readonly RowChange[], chosen: MutationOptions): MutationOptions {
  const { mode, ttl, logged } = choicesFor(table, changes);
  return {
    ...chosen,
    mode: mode ? chosen.mode : 'plain',
    ttl: ttl ? chosen.ttl : 'keep',
    batch: chosen.batch === 'logged' && !logged ? 'row' : chosen.batch,
  };
}

/** What differs between two plans of the same changes, apart from the moment that they were made at. */
export function differsWords(before: MutationPlan, after: MutationPlan): string {
  const texts = new Set(before.statements.map(timeless));
  const differing = after.statements.flatMap((one, at) => (texts.has(timeless(one)) ? [] : [at + 1]));
  const refused = (plan: MutationPlan) => JSON.stringify(plan.refusals.map(({ change, message }) => [change, message]));
  const isSame = before.statements.length === after.statements.length && refused(before) === refused(after);
  if (differing.length > 0)
    return `Look again: ${numbered('statement', differing)} ${differing.length === 1 ? 'differs' : 'differ'}.`;
  return isSame ? 'Only timestamps and remaining TTLs differ.' : 'Look again: not the same changes can be made.';
}

function timeless({ cql, timestampMicros }: MutationPlan['statements'][number]): string {
  const text = timestampMicros === null ? cql : cql.replaceAll(timestampMicros, '…');
  return text.replaceAll(/\bTTL \d+/g, 'TTL …');
}

const MOST_NUMBERS = 5;

/** `statement 2`, `statements 1, 2, 3, 4, 5 and 95 more`. */
export function numbered(word: string, numbers: readonly number[]): string {
  const rest = numbers.length - MOST_NUMBERS;
  const listed = numbers.slice(0, MOST_NUMBERS).join(', ');
  return `${word}${numbers.length === 1 ? '' : 's'} ${listed}${rest > 0 ? ` and ${rest} more` : ''}`;
}
