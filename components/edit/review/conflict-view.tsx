import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Shown } from '@/components/ui/shown';
import type { RowChange, RowRead } from '@/lib/contract/mutations';
import {
  addedAgain,
  type Conflict,
  type ConflictCell,
  type FoundConflict,
  resolved,
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
  if (conflict.kind === 'gone') return <Gone {...{ table, change, before, onResolve }} canAdd={conflict.canAdd} />;
  const takeOf = (column: string): Take => takes[column] ?? 'mine';
  const resolve = (take: (column: string) => Take) => onResolve(resolved(table, change, now, take));
  const words = WORDS[conflict.kind === 'exists' ? 'exists' : change.kind === 'delete' ? 'delete' : 'cells'];
  const canChoose = change.kind !== 'delete' && conflict.cells.some(({ wanted }) => wanted !== undefined);
  const isMixed = canChoose && conflict.cells.length > 1;
  return (
    <section
      aria-label={`Conflict: ${keyWords(table, change.key)}`}
      className="space-y-2 rounded border border-warn/50 bg-warn-soft p-2 text-sm"
    >
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
            {words.mine}
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
    </section>
  );
}

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
  exists: {
    says: 'A row with this key is there already.',
    mine: 'Edit that row instead',
    theirs: 'Drop the change',
  },
} as const;

type GoneProps = Omit<ConflictViewProps, 'found'> & { before: RowRead | null; canAdd: boolean };

function Gone({ table, change, before, canAdd, onResolve }: GoneProps) {
  const changed = change.kind === 'update' || change.kind === 'move' ? change : null;
  return (
    <section
      aria-label={`Conflict: ${keyWords(table, change.key)}`}
      className="space-y-2 rounded border border-warn/50 bg-warn-soft p-2 text-sm"
    >
      <p>
        {changed === null
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
    </section>
  );
}

interface ConflictTableProps {
  table: EditTable;
  conflict: Extract<Conflict, { readonly cells: unknown }>;
  /** Null: there is nothing to choose by cell. */
  takeOf: ((column: string) => Take) | null;
  onTake: (column: string, take: Take) => void;
}

function ConflictTable({ table, conflict, takeOf, onTake }: ConflictTableProps) {
  return (
    <div className="thin-scrollbar overflow-x-auto">
      <table
        aria-label={`Values in conflict: ${conflict.cells.map(({ column }) => column).join(', ')}`}
        className="w-full text-left text-xs"
      >
        <thead className="text-muted">
          <tr>
            {['Column', 'As you read it', 'As it is now', 'As you want it', ...(takeOf === null ? [] : ['Take'])].map(
              (name) => (
                <th key={name} scope="col" className="px-2 py-1 font-medium">
                  {name}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {conflict.cells.map((cell) => (
            <tr key={cell.column} className="border-line border-t align-top">
              <th scope="row" className="px-2 py-1 font-mono font-normal text-muted">
                <Shown text={cell.column} as="name" />
              </th>
              <ConflictValues table={table} cell={cell} />
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

function ConflictValues({ table, cell: { column, seen, now, wanted } }: { table: EditTable; cell: ConflictCell }) {
  const { type } = columnNamed(table, column);
  return (
    <>
      <td className="px-2 py-1">
        {seen === undefined ? (
          <span className="text-faint">–</span>
        ) : (
          <ValueText {...{ type }} value={seen} label={`${column}, as you read it`} />
        )}
      </td>
      <td className="px-2 py-1">
        <ValueText {...{ type }} value={now} label={`${column}, as it is now`} />
      </td>
      <td className="px-2 py-1">
        {wanted === undefined ? (
          <span className="text-faint">–</span>
        ) : (
          <ValueText {...{ type }} value={wanted} label={`${column}, as you want it`} />
        )}
      </td>
    </>
  );
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
