import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Shown } from '@/components/ui/shown';
import type { RowChange, RowRead } from '@/lib/contract/mutations';
import {
  addedAgain,
  type Conflict,
  type ConflictCell,
  type FoundConflict,
  oldDeleted,
  resolved,
  stayed,
  type Take,
} from '@/lib/edit/resolve';
import { columnNamed, type EditTable } from '@/lib/edit/table';
import { keyWords } from './key-words';
import { ValueText } from './value-text';

interface ConflictViewProps {
  table: EditTable;
  change: RowChange;
  found: FoundConflict;
  /** What stands in the change's place from now on; null: nothing. */
  onResolve: (next: RowChange | null) => void;
}

/** A change and a row that others have changed: whose values count. */
export function ConflictView({ table, change, found: { conflict, now, before }, onResolve }: ConflictViewProps) {
  const [takes, setTakes] = useState<Readonly<Record<string, Take>>>({});
  if (conflict.kind === 'gone') return <Gone {...{ table, change, before, conflict, onResolve }} />;
  if (conflict.kind === 'taken') return <Taken {...{ table, change, now, conflict, onResolve }} />;
  const takeOf = (column: string): Take => takes[column] ?? 'mine';
  const resolve = (take: (column: string) => Take) => onResolve(resolved(table, change, now, take));
  const words = WORDS[conflict.kind === 'exists' ? 'exists' : KINDS[change.kind]];
  const canChoose = change.kind !== 'delete' && conflict.cells.some(({ wanted }) => wanted !== undefined);
  // A row is moved with their value, too.
  const isMixed = canChoose && (conflict.cells.length > 1 || change.kind === 'move');
  return (
    <Section {...{ table, change }}>
      <p>{conflict.cells.length === 0 ? 'A row with this key and these values is there already.' : words.says}</p>
      {conflict.cells.length > 0 && (
        <ConflictTable
          {...{ table, conflict }}
          takeOf={isMixed ? takeOf : null}
          onTake={(column, take) => setTakes({ ...takes, [column]: take })}
        />
      )}
      <div className="flex flex-wrap gap-2">
        {conflict.cells.length > 0 && (
          <Button size="sm" onClick={() => resolve(() => 'mine')}>
            {change.kind === 'move' && canChoose ? 'Move it with my values' : words.mine}
          </Button>
        )}
        <Button size="sm" onClick={() => onResolve(null)}>
          {words.theirs}
        </Button>
        {isMixed && (
          <Button size="sm" variant="primary" onClick={() => resolve(takeOf)}>
            Take as chosen
          </Button>
        )}
      </div>
    </Section>
  );
}

function Section({ table, change, children }: { table: EditTable; change: RowChange; children: ReactNode }) {
  return (
    <section
      aria-label={`Conflict: ${keyWords(table, change.key)}`}
      className="space-y-2 rounded border border-warn/50 bg-warn-soft p-2 text-sm"
    >
      {children}
    </section>
  );
}

const KINDS = {
  insert: 'exists',
  update: 'cells',
  move: 'move',
  delete: 'delete',
  delete_partition: 'delete',
  delete_range: 'delete',
} as const;

const WORDS = {
  cells: {
    says: 'The row has changed since you read it. Decide whose values count, then review it again.',
    mine: 'Take mine',
    theirs: 'Take theirs',
  },
  delete: {
    says: 'The row that is to be deleted has changed since you read it.',
    mine: 'Delete it as it is now',
    theirs: 'Keep the row',
  },
  move: {
    says: 'The row that is to be moved has changed since you read it. Decide how it is moved, then review it again.',
    mine: 'Move it as it is now',
    theirs: 'Leave it where it is',
  },
  exists: {
    says: 'A row with this key is there already.',
    mine: 'Edit that row instead',
    theirs: 'Drop the change',
  },
} as const;

interface TakenProps extends Omit<ConflictViewProps, 'found'> {
  now: RowRead | null;
  conflict: Extract<Conflict, { readonly kind: 'taken' }>;
}

/** A row stands where another was to be moved: it is never overwritten. */
function Taken({ table, change, now, conflict, onResolve }: TakenProps) {
  if (change.kind !== 'move') return null;
  const isSameRow = conflict.cells.length === 0;
  return (
    <Section {...{ table, change }}>
      <p>
        {isSameRow
          ? 'A row with the new key and these values is there already. If an earlier run of this move wrote it, only the old row is left to delete.'
          : 'A row with the new key is there already, and is not overwritten. Delete it first, or move this row to another key.'}
      </p>
      {!isSameRow && (
        <ConflictTable {...{ table, conflict }} heads={TAKEN_HEADS} takeOf={null} onTake={() => undefined} />
      )}
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={() => onResolve(stayed(change))}>
          {WORDS.move.theirs}
        </Button>
        {isSameRow && (
          <Button size="sm" onClick={() => onResolve(oldDeleted(change, now))}>
            Delete the old row instead
          </Button>
        )}
      </div>
    </Section>
  );
}

interface GoneProps extends Omit<ConflictViewProps, 'found'> {
  before: RowRead | null;
  conflict: Extract<Conflict, { readonly kind: 'gone' }>;
}

function Gone({ table, change, before, conflict: { canAdd, isTaken }, onResolve }: GoneProps) {
  const changed = change.kind === 'update' || change.kind === 'move' ? change : null;
  return (
    <Section {...{ table, change }}>
      <p>
        {isTaken
          ? 'The row is gone from the old key, and one with the new key is there: it may have been moved already. Look at that row.'
          : changed === null
            ? 'The row is gone already: it was deleted, or it has expired.'
            : 'The row is gone: it was deleted, or it has expired. It is not brought back unless you add it as a new one, with all values that are known of it.'}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={() => onResolve(null)}>
          Drop the change
        </Button>
        {canAdd && changed !== null && (
          <Button size="sm" onClick={() => onResolve(addedAgain(table, changed, before))}>
            Add it as a new row
          </Button>
        )}
      </div>
    </Section>
  );
}

/** How the three values of a cell are headed, and named for who does not see the table. */
const HEADS = ['As you read it', 'As it is now', 'As you want it'] as const;
const TAKEN_HEADS = ['At the old key', 'At the new key', 'As you want it'] as const;
type Heads = typeof HEADS | typeof TAKEN_HEADS;

interface ConflictTableProps {
  heads?: Heads;
  table: EditTable;
  conflict: Extract<Conflict, { readonly cells: unknown }>;
  /** Null: there is nothing to choose by cell. */
  takeOf: ((column: string) => Take) | null;
  onTake: (column: string, take: Take) => void;
}

function ConflictTable({ heads = HEADS, table, conflict, takeOf, onTake }: ConflictTableProps) {
  return (
    <div className="thin-scrollbar overflow-x-auto">
      <table
        aria-label={`Values in conflict: ${conflict.cells.map(({ column }) => column).join(', ')}`}
        className="w-full text-left text-xs"
      >
        <thead className="text-muted">
          <tr>
            {['Column', ...heads, ...(takeOf === null ? [] : ['Take'])].map((name) => (
              <th key={name} scope="col" className="px-2 py-1 font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {conflict.cells.map((cell) => (
            <tr key={cell.column} className="border-line border-t align-top">
              <th scope="row" className="px-2 py-1 font-mono font-normal text-muted">
                <Shown text={cell.column} as="name" />
              </th>
              <ConflictValues {...{ table, cell, heads }} />
              {takeOf !== null && (
                <td className="px-2 py-1">
                  {cell.wanted !== undefined && <TakeButtons column={cell.column} {...{ takeOf, onTake }} />}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ConflictValues({ table, cell, heads }: { table: EditTable; cell: ConflictCell; heads: Heads }) {
  const { column, seen, now, wanted } = cell;
  const { type } = columnNamed(table, column);
  return [seen, now, wanted].map((value, at) => (
    <td key={heads[at]} className="px-2 py-1">
      {value === undefined ? (
        <span className="text-faint">–</span>
      ) : (
        <ValueText {...{ type, value }} label={`${column}, ${heads[at]?.toLowerCase()}`} />
      )}
    </td>
  ));
}

function TakeButtons({
  column,
  takeOf,
  onTake,
}: { column: string } & Pick<ConflictTableProps, 'onTake'> & { takeOf: (column: string) => Take }) {
  return (
    <div className="flex gap-1">
      {(['mine', 'theirs'] as const).map((take) => (
        <Button
          key={take}
          size="sm"
          aria-label={`${column}: take ${take}`}
          aria-pressed={takeOf(column) === take}
          className="aria-pressed:border-accent aria-pressed:bg-accent-soft"
          onClick={() => onTake(column, take)}
        >
          {take}
        </Button>
      ))}
    </div>
  );
}
