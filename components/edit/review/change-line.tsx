import { Badge, type Tone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Shown } from '@/components/ui/shown';
import type { RowChange, RowRead } from '@/lib/contract/mutations';
import { type ChangeEnd, type ShownCell, shownCells } from '@/lib/edit/review';
import { columnNamed, type EditTable } from '@/lib/edit/table';
import { keyWords, placeWords } from './key-words';
import { ValueText } from './value-text';

const KINDS: Readonly<Record<RowChange['kind'], readonly [words: string, tone: Tone]>> = {
  update: ['edited', 'warn'],
  insert: ['new row', 'ok'],
  delete: ['deleted', 'danger'],
  move: ['moved', 'accent'],
  delete_partition: ['partition deleted', 'danger'],
  delete_range: ['range deleted', 'danger'],
};

interface ChangeLineProps {
  table: EditTable;
  change: RowChange;
  /** As the plan read it. */
  row: RowRead | null;
  end: ChangeEnd | null;
  onShowRow?: ((key: RowChange['key']) => void) | undefined;
}

/** One row: its key, and each cell's old and new value. */
export function ChangeLine({ table, change, row, end, onShowRow }: ChangeLineProps) {
  const [words, tone] = KINDS[change.kind];
  const cells = shownCells(table, change, row);
  return (
    <div className="min-w-0 space-y-1">
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        <Badge tone={tone}>{words}</Badge>
        <span className="min-w-0 break-words font-mono text-xs">
          <Shown text={placeWords(table, change)} as="line" />
        </span>
        {onShowRow !== undefined && change.kind !== 'insert' && (
          <Button
            size="sm"
            variant="ghost"
            aria-label={`Show the row ${keyWords(table, change.key)}`}
            onClick={() => onShowRow(change.key)}
          >
            Show row
          </Button>
        )}
      </div>
      {cells.length > 0 && (
        <dl className="grid grid-cols-[minmax(4rem,auto)_minmax(0,1fr)] gap-x-3 gap-y-0.5 pl-2 text-xs">
          {cells.map((cell) => (
            <Cell key={cell.column} table={table} cell={cell} kind={change.kind} />
          ))}
        </dl>
      )}
      {end === 'half' && (
        <Notice tone="warn" title="Only a part of this was applied">
          {change.kind === 'move'
            ? 'The row stands twice: under the new key, and under the old one. The change stays; delete one of the two.'
            : 'The change stays: look at the row, and review it again.'}
        </Notice>
      )}
    </div>
  );
}

function Cell({ table, cell, kind }: { table: EditTable; cell: ShownCell; kind: RowChange['kind'] }) {
  const { column, before, after, by } = cell;
  const { type } = columnNamed(table, column);
  return (
    <>
      <dt className="break-words font-mono text-muted">
        <Shown text={column} as="name" />
      </dt>
      <dd className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
        {by !== undefined && (
          <>
            <span className="font-mono font-semibold">{by.startsWith('-') ? `− ${by.slice(1)}` : `+ ${by}`}</span>
            <span className="text-muted">about</span>
          </>
        )}
        {kind !== 'insert' && (
          <del className={kind === 'delete' ? 'min-w-0 text-danger' : 'min-w-0 text-muted no-underline'}>
            <ValueText value={before} type={type} label={`${column}, before`} />
          </del>
        )}
        {kind !== 'insert' && kind !== 'delete' && <span aria-hidden="true">→</span>}
        {kind !== 'delete' && (
          <ins className="min-w-0 font-semibold no-underline">
            <ValueText value={after} type={type} label={`${column}, after`} />
          </ins>
        )}
      </dd>
    </>
  );
}
