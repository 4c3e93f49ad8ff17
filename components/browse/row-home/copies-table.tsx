import clsx from 'clsx';
import { Badge } from '@/components/ui/badge';
import { Shown } from '@/components/ui/shown';
import {
  type CellComparison,
  type ComparedCell,
  type ComparedColumn,
  type Comparison,
  shownColumns,
  sourceOf,
  writeTimeText,
} from '@/lib/browse/compare-copies';
import type { RowCopy } from '@/lib/contract/row-copies';
import { columnType, valueText } from '@/lib/values/value-text';

const LONGEST_VALUE = 300;
/** A region that scrolls must be reachable by keyboard. */
const SCROLLABLE = { role: 'region', 'aria-label': 'The copies, side by side', tabIndex: 0 } as const;

/** One row per column, one column per replica. Differences are marked in words, not by colour alone. */
export function CopiesTable({ copies, comparison }: { copies: readonly RowCopy[]; comparison: Comparison }) {
  const { shown, empty } = shownColumns(comparison);
  return (
    <div className="thin-scrollbar overflow-x-auto" {...SCROLLABLE}>
      <table className="w-full border-collapse text-xs">
        <thead>
          <tr className="border-line border-b align-bottom">
            <th scope="col" className="p-1.5 text-left font-medium text-faint">
              Column
            </th>
            {copies.map((copy) => (
              <CopyHead key={copy.node} copy={copy} />
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((column) => (
            <ColumnRow key={column.name} column={column} copies={copies} />
          ))}
        </tbody>
      </table>
      {empty.length > 0 && <p className="p-1.5 text-faint text-xs">null on every replica: {empty.join(', ')}</p>}
    </div>
  );
}

function CopyHead({ copy }: { copy: RowCopy }) {
  const source = sourceOf(copy);
  return (
    <th scope="col" className="p-1.5 text-left font-normal">
      <span className="block font-mono">{copy.node}</span>
      {copy.error === undefined ? (
        <span className={clsx('block', source !== null && source !== 'own' ? 'text-warn' : 'text-faint')}>
          {sourceWords(source)}
        </span>
      ) : (
        <span className="block max-w-56">
          <span className="block text-danger">{copy.error.message}</span>
          {copy.error.hint !== undefined && <span className="block text-muted">{copy.error.hint}</span>}
        </span>
      )}
      {copy.elapsedMs !== null && <span className="block text-faint">{copy.elapsedMs.toFixed(1)} ms</span>}
    </th>
  );
}

function sourceWords(source: ReturnType<typeof sourceOf>): string {
  if (source === null) return 'source not in the trace yet';
  return source === 'own' ? 'its own data, by the trace' : `data of ${source}, by the trace`;
}

function ColumnRow({ column, copies }: { column: ComparedColumn; copies: readonly RowCopy[] }) {
  return (
    <tr className={clsx('border-line align-top not-last:border-b', column.differs && 'bg-warn-soft')}>
      <th scope="row" className="p-1.5 text-left font-mono font-normal">
        <Shown text={column.name} as="name" />
        {column.differs && (
          <Badge tone="warn" className="ml-1.5 font-sans">
            differs
          </Badge>
        )}
      </th>
      {column.cells.map((cell, index) => (
        <td key={copies[index]?.node ?? index} className="p-1.5">
          <Cell cell={cell} column={column} />
        </td>
      ))}
    </tr>
  );
}

const WORDS: Readonly<Partial<Record<CellComparison, string>>> = { newest: 'newest', older: 'older' };

function Cell({ cell: { copy, standing }, column }: { cell: ComparedCell; column: ComparedColumn }) {
  if (standing === 'unanswered') return <span className="text-faint">no answer</span>;
  if (copy === null) return <span className="text-faint italic">no such row</span>;
  const text = valueText(copy.value, columnType(column.type));
  return (
    <>
      <span className={clsx('block max-w-72 break-all font-mono', copy.value === null && 'text-faint')}>
        <Shown text={text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text} as="line" />
      </span>
      {copy.writeTimeMicros !== null && (
        <span className="block text-2xs text-muted tabular-nums">
          {writeTimeText(copy.writeTimeMicros)}
          {copy.ttlSeconds !== null && ` · ${copy.ttlSeconds} s left`}
          {WORDS[standing] !== undefined && ` · ${WORDS[standing]}`}
        </span>
      )}
    </>
  );
}
