import clsx from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { focusableWhileScrolling } from '@/components/ui/focus';
import { Shown } from '@/components/ui/shown';
import { compactionText, FIGURE_COLUMNS, figureText, indexText, ttlText } from '@/lib/cluster/table-columns';
import { type Direction, firstDirection, type TableSort } from '@/lib/cluster/table-list';
import type { TableRow } from '@/lib/contract/tables';

/** Every row is as high: which of a thousand are in view is a division. */
const ROW_PX = 32;
/** Drawn above and below what is in view. */
const MORE_ROWS = 10;
/** Rows in view at most, before the height is known. */
const VIEW_ROWS = 30;

interface ListColumn {
  readonly sort: TableSort;
  readonly header: string;
  readonly about?: string;
  readonly align?: 'right';
  readonly cell: (row: TableRow) => ReactNode;
}

const COLUMNS: readonly ListColumn[] = [
  {
    sort: 'hurt',
    header: 'Hurts',
    about: 'How many times over its threshold the worst measure of the table is, and which that is.',
    cell: (row) => <Hurt {...row} />,
  },
  ...FIGURE_COLUMNS.map((column): ListColumn => {
    const { figure, header, about } = column;
    return { sort: figure, header, about, align: 'right', cell: ({ figures }) => figureText(column, figures) };
  }),
  { sort: 'compaction', header: 'Compaction', cell: ({ compaction }) => compactionText(compaction) },
  {
    sort: 'ttl',
    header: 'Default TTL',
    align: 'right',
    cell: ({ defaultTtlSeconds }) => ttlText(defaultTtlSeconds),
  },
  {
    sort: 'indexes',
    header: 'Indexes',
    about: 'States over all nodes, the worst first.',
    cell: ({ indexes }) => indexText(indexes),
  },
];

interface TableListProps {
  readonly rows: readonly TableRow[];
  readonly sort: TableSort;
  readonly direction: Direction;
  readonly onSort: (sort: TableSort, direction: Direction) => void;
  readonly open: { readonly keyspace: string; readonly table: string } | null;
  readonly onOpen: (open: { readonly keyspace: string; readonly table: string } | null) => void;
}

/** All tables, each a row; only the rows in view are drawn. */
export function TableList({ rows, sort, direction, onSort, open, onOpen }: TableListProps) {
  const [first, setFirst] = useState(0);
  const [viewRows, setViewRows] = useState(VIEW_ROWS);
  const body = useRef<HTMLTableSectionElement>(null);
  const from = Math.max(0, Math.min(first, rows.length - 1) - MORE_ROWS);
  const to = Math.min(rows.length, first + viewRows + MORE_ROWS);
  const header = (column: Pick<ListColumn, 'sort' | 'header' | 'about' | 'align'>) => (
    <SortHeader key={column.sort} {...column} sorted={sort === column.sort ? direction : null} onSort={onSort} />
  );
  return (
    <section
      aria-label="All tables"
      ref={focusableWhileScrolling}
      className="thin-scrollbar max-h-[60vh] overflow-auto"
      onScroll={({ currentTarget }) => {
        setFirst(Math.floor(currentTarget.scrollTop / ROW_PX));
        setViewRows(Math.ceil(currentTarget.clientHeight / ROW_PX));
      }}
    >
      {/* Room for the rows that are not drawn; not rows of their own, which a screen reader would read. */}
      <div style={{ paddingTop: from * ROW_PX, paddingBottom: (rows.length - to) * ROW_PX }}>
        <table aria-rowcount={rows.length + 1} className="w-full border-collapse text-sm">
          <caption className="sr-only">All tables, by what hurts</caption>
          <thead className="sticky top-0 z-10 bg-surface">
            <tr className="border-line border-b">
              {header({ sort: 'name', header: 'Table' })}
              {COLUMNS.map(header)}
            </tr>
          </thead>
          <tbody ref={body} onKeyDown={(event) => moveFocus(event, body.current)}>
            {rows.slice(from, to).map((row, at) => {
              const isOpen = open?.keyspace === row.keyspace && open.table === row.table;
              const { keyspace, table } = row;
              return (
                <tr
                  key={`${keyspace}\u0000${table}`}
                  aria-rowindex={from + at + 2}
                  className={clsx('h-8 border-line border-b hover:bg-hover', isOpen && 'bg-selected')}
                >
                  <th scope="row" className="max-w-56 py-0 pr-2 pl-4 text-left font-normal sm:max-w-80">
                    <button
                      type="button"
                      aria-expanded={isOpen}
                      onClick={() => onOpen(isOpen ? null : { keyspace, table })}
                      className="block w-full scroll-mt-10 truncate text-left font-mono text-xs hover:underline"
                    >
                      <Shown text={`${keyspace}.${table}`} as="text" />
                    </button>
                  </th>
                  {COLUMNS.map((column) => (
                    <td
                      key={column.sort}
                      className={clsx(
                        'whitespace-nowrap px-2 py-0 tabular-nums last:pr-4',
                        column.align === 'right' ? 'text-right' : 'text-left',
                      )}
                    >
                      {column.cell(row)}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

type SortHeaderProps = Pick<ListColumn, 'sort' | 'header' | 'about' | 'align'> & {
  sorted: Direction | null;
  onSort: (sort: TableSort, direction: Direction) => void;
};

function SortHeader({ sort, header, about, align, sorted, onSort }: SortHeaderProps) {
  const next = sorted === null ? firstDirection(sort) : sorted === 'up' ? 'down' : 'up';
  const Arrow = sorted === 'up' ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      aria-sort={sorted === null ? 'none' : sorted === 'up' ? 'ascending' : 'descending'}
      className={clsx(
        'h-9 px-1 font-medium text-faint text-xs first:pl-3',
        align === 'right' ? 'text-right' : 'text-left',
      )}
    >
      <button
        type="button"
        title={about}
        onClick={() => onSort(sort, next)}
        className="inline-flex min-h-6 items-center gap-0.5 whitespace-nowrap rounded px-1 hover:bg-hover hover:text-ink"
      >
        {header}
        <Arrow size={12} aria-hidden="true" className={sorted === null ? 'invisible' : undefined} />
      </button>
    </th>
  );
}

/** A number below this says no more than that nothing hurts. */
const FAR_UNDER = 0.1;

function Hurt({ degree, worst, reasons }: TableRow) {
  if (degree === null) return <span className="text-faint">not known</span>;
  const text = reasons[0]?.text;
  if (degree < FAR_UNDER) {
    return (
      <span className="text-faint text-xs" title={worst ?? undefined}>
        far under
      </span>
    );
  }
  return (
    <span className="flex max-w-96 items-center gap-2" title={worst ?? undefined}>
      <Badge tone={degree >= 1 ? 'warn' : 'neutral'}>{`${degreeText(degree)} ×`}</Badge>
      {text !== undefined && <span className="truncate text-xs">{text}</span>}
    </span>
  );
}

function degreeText(degree: number): string {
  return degree < 10 ? degree.toFixed(2) : Math.round(degree).toLocaleString('en-US');
}

/** Up and Down go from table to table, as in every list here. */
function moveFocus(event: KeyboardEvent, body: HTMLTableSectionElement | null): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const buttons = [...(body?.querySelectorAll('button') ?? [])];
  const at = buttons.findIndex((button) => button.matches(':focus'));
  const next = buttons[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (at === -1 || next === undefined) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}
