'use client';

import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import clsx from 'clsx';
import Link from 'next/link';
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react';
import { NODE_TONES } from '@/components/token-ring/node-state';
import { StatusDot } from '@/components/ui/badge';
import { shown } from '@/components/ui/shown';
import { pagePath } from '@/lib/client/paths';
import {
  NODE_COLUMNS,
  type NodeColumn,
  type NodeGroup,
  type NodeLine,
  type NodesAddress,
  nodeLines,
  sumOf,
} from '@/lib/cluster/nodes-table';
import type { NodeRow, NodesResponse } from '@/lib/contract/nodes';
import { formatAge, formatCount, plural } from '@/lib/text/format';

const ROW_PX = 32;
const OVERSCAN = 8;

/** The cell that is pointed at, or that the arrow keys have reached. */
interface Place {
  readonly line: number;
  readonly column: number;
}

interface NodesTableProps {
  cluster: string;
  nodes: NodesResponse;
  address: NodesAddress;
  onSort: (sort: Pick<NodesAddress, 'sort' | 'isDescending'>) => void;
}

/** All nodes, of which only those in view are in the page. Arrow keys walk the cells; the line below explains the cell. */
export function NodesTable({ cluster, nodes, address, onSort }: NodesTableProps) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [place, setPlace] = useState<Place | null>(null);
  const element = useRef<HTMLDivElement>(null);
  const id = useId();
  const lines = useMemo(() => nodeLines(nodes.nodes, address, closed), [nodes.nodes, address, closed]);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => element.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
  });
  const items = virtualizer.getVirtualItems();
  const toggle = (key: string) => setClosed((before) => toggled(before, key));
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isPlain(event)) return;
    const at = place ?? { line: 0, column: 0 };
    const line = lines[at.line];
    const next = placeForKey(event.key, at, lines.length);
    if (next === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (next !== undefined) {
      setPlace(next);
      virtualizer.scrollToIndex(next.line, { align: 'auto' });
    } else if (line?.kind === 'group') toggle(line.group.key);
    else document.getElementById(`${id}-${at.line}-0`)?.querySelector('a')?.click();
  };
  const isDrawn = place !== null && items.some(({ index }) => index === place.line);
  return (
    <div className="flex min-h-0 flex-col">
      <div ref={element} className="thin-scrollbar relative max-h-[70vh] min-h-24 overflow-auto">
        <table
          {...gridOf(isDrawn ? `${id}-${place.line}-${place.column}` : undefined)}
          aria-label="Nodes"
          aria-rowcount={lines.length + 1}
          onKeyDown={onKeyDown}
          className="w-full min-w-max table-fixed border-collapse text-sm focus-visible:outline-offset-[-2px]"
        >
          <Head address={address} onSort={onSort} />
          <Body
            {...{ id, cluster, lines, place, items }}
            total={virtualizer.getTotalSize()}
            onToggle={toggle}
            onPoint={setPlace}
          />
        </table>
      </div>
      <Readout nodes={nodes} line={place === null ? undefined : lines[place.line]} column={place?.column ?? 0} />
    </div>
  );
}

interface BodyProps {
  id: string;
  cluster: string;
  lines: readonly NodeLine[];
  place: Place | null;
  items: readonly VirtualItem[];
  /** Pixels of all rows. */
  total: number;
  onToggle: (key: string) => void;
  onPoint: (place: Place) => void;
}

function Body({ id, cluster, lines, place, items, total, onToggle, onPoint }: BodyProps) {
  return (
    <tbody>
      <Spacer px={items[0]?.start ?? 0} />
      {items.map(({ index }) => {
        const line = lines[index];
        if (line === undefined) return null;
        const common = { id: `${id}-${index}`, index, at: place?.line === index ? place.column : null };
        return line.kind === 'group' ? (
          <GroupRow key={`group ${line.group.key}`} {...common} line={line} onToggle={onToggle} />
        ) : (
          <NodeLineRow
            key={line.row.hostId}
            {...common}
            cluster={cluster}
            row={line.row}
            onPoint={(column) => onPoint({ line: index, column })}
          />
        );
      })}
      <Spacer px={total - (items.at(-1)?.end ?? 0)} />
    </tbody>
  );
}

function toggled(before: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(before);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** ARIA in HTML allows a table to be a grid: it keeps the roles of its rows and cells, and has the focus for its keys. */
const gridOf = (reached: string | undefined) =>
  ({ role: 'grid', tabIndex: 0, 'aria-activedescendant': reached }) as const;

/** Pressed on the grid, not on a button or link in it, and without what makes it a key of the browser. */
const isPlain = (event: KeyboardEvent) =>
  event.target === event.currentTarget && !event.ctrlKey && !event.metaKey && !event.altKey;

const PAGE_ROWS = 15;

function placeForKey(key: string, { line, column }: Place, count: number): Place | undefined {
  const to = (wanted: number, side = column): Place => ({
    line: Math.min(Math.max(0, wanted), count - 1),
    column: Math.min(Math.max(0, side), NODE_COLUMNS.length - 1),
  });
  switch (key) {
    case 'ArrowDown':
      return to(line + 1);
    case 'ArrowUp':
      return to(line - 1);
    case 'ArrowRight':
      return to(line, column + 1);
    case 'ArrowLeft':
      return to(line, column - 1);
    case 'PageDown':
      return to(line + PAGE_ROWS);
    case 'PageUp':
      return to(line - PAGE_ROWS);
    case 'Home':
      return to(0, 0);
    case 'End':
      return to(count - 1);
    default:
      return undefined;
  }
}

/** Keeps the place of the rows that are not in the page. */
function Spacer({ px }: { px: number }) {
  if (px <= 0) return null;
  return (
    <tr style={{ height: px }}>
      <td colSpan={NODE_COLUMNS.length} />
    </tr>
  );
}

const isText = ({ unit, id }: NodeColumn) => unit === '' || id === 'started';

function Head({ address, onSort }: Pick<NodesTableProps, 'address' | 'onSort'>) {
  return (
    <thead className="sticky top-0 z-10 bg-surface">
      <tr aria-rowindex={1}>
        {NODE_COLUMNS.map((column) => {
          const isSorted = column.id === address.sort;
          const order = address.isDescending ? 'descending' : 'ascending';
          // Of numbers, the largest is looked for first.
          const isDescending = isSorted ? !address.isDescending : !isText(column);
          return (
            <th
              key={column.id}
              scope="col"
              aria-sort={isSorted ? order : undefined}
              style={{ width: column.width }}
              className="h-8 border-line border-b px-2 font-medium text-faint text-xs first:pl-4 last:pr-4"
            >
              <button
                type="button"
                title={`Sort by ${column.label.toLowerCase()}`}
                className={clsx(
                  'min-h-6 w-full whitespace-nowrap hover:text-ink',
                  isText(column) ? 'text-left' : 'text-right',
                  isSorted && 'text-ink',
                )}
                onClick={() => onSort({ sort: column.id, isDescending })}
              >
                {column.label}
                {isSorted && <span aria-hidden="true">{address.isDescending ? ' ↓' : ' ↑'}</span>}
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

interface RowProps {
  id: string;
  index: number;
  /** The column that the keys have reached; null: none of this row. */
  at: number | null;
}

type GroupLine = Extract<NodeLine, { kind: 'group' }>;

function GroupRow({ id, index, at, line, onToggle }: RowProps & { line: GroupLine; onToggle: (key: string) => void }) {
  const { group, isOpen } = line;
  return (
    <tr aria-rowindex={index + 2} style={{ height: ROW_PX }} className="bg-hover">
      {NODE_COLUMNS.map((column, place) => (
        <td key={column.id} id={`${id}-${place}`} className={cellClass(column, at === place)}>
          {place === 0 ? (
            <button
              type="button"
              tabIndex={-1}
              aria-expanded={isOpen}
              className="min-h-6 whitespace-nowrap font-medium"
              onClick={() => onToggle(group.key)}
            >
              <span aria-hidden="true">{isOpen ? '▾ ' : '▸ '}</span>
              {group.label} · {plural(group.nodes.length, 'node')}
            </button>
          ) : (
            <GroupSum column={column} group={group} />
          )}
        </td>
      ))}
    </tr>
  );
}

function GroupSum({ column, group }: { column: NodeColumn; group: NodeGroup }) {
  const found = sumOf(column, group.nodes);
  if (found === null) return null;
  const isWhole = found.known === group.nodes.length;
  return (
    <span title={`Sum of ${formatCount(found.known)} of ${plural(group.nodes.length, 'node')}, ${column.unit}`}>
      {isWhole ? '' : '≥ '}
      {column.text(found.sum)}
    </span>
  );
}

function NodeLineRow({
  id,
  index,
  at,
  cluster,
  row,
  onPoint,
}: RowProps & { cluster: string; row: NodeRow; onPoint: (column: number) => void }) {
  return (
    <tr
      aria-rowindex={index + 2}
      style={{ height: ROW_PX }}
      className="border-line border-b hover:bg-hover"
      onMouseOver={({ target }) => {
        const cell = target instanceof Element ? target.closest<HTMLElement>('[data-column]') : null;
        if (cell !== null) onPoint(Number(cell.dataset.column));
      }}
      onFocus={() => onPoint(0)}
    >
      {NODE_COLUMNS.map((column, place) => {
        const common = { id: `${id}-${place}`, 'data-column': place, className: cellClass(column, at === place) };
        if (place > 0) {
          return (
            <td key={column.id} {...common}>
              <CellText column={column} row={row} />
            </td>
          );
        }
        return (
          <th key={column.id} scope="row" {...common}>
            <Link href={pagePath.node(cluster, row.hostId)} className="font-mono text-accent text-xs hover:underline">
              {shown(row.node, 'name')}
            </Link>
          </th>
        );
      })}
    </tr>
  );
}

function cellClass(column: NodeColumn, isReached: boolean): string {
  return clsx(
    'h-8 max-w-60 overflow-hidden text-ellipsis whitespace-nowrap px-2 font-normal first:pl-4 last:pr-4',
    isText(column) ? 'text-left' : 'text-right tabular-nums',
    isReached && 'outline outline-accent outline-offset-[-2px]',
  );
}

function CellText({ column, row }: { column: NodeColumn; row: NodeRow }): ReactNode {
  const value = column.value(row);
  if (value === null) return <span className="text-faint">unknown</span>;
  if (column.id !== 'state') return shown(column.text(value), 'text');
  return (
    <span className="inline-flex items-center gap-1.5">
      <StatusDot tone={NODE_TONES[row.state]} />
      {row.state}
    </span>
  );
}

/** What the cell in question says in full: its unit, its source, its age; or why it is not known. */
function Readout({ nodes, line, column }: { nodes: NodesResponse; line: NodeLine | undefined; column: number }) {
  return (
    <p role="status" className="min-h-8 border-line border-t px-4 py-1.5 text-muted text-xs">
      {readoutOf(nodes, line, NODE_COLUMNS[column])}
    </p>
  );
}

function readoutOf(nodes: NodesResponse, line: NodeLine | undefined, column: NodeColumn | undefined): string {
  if (line === undefined || column === undefined)
    return 'Point at a cell, or press an arrow key, to see its source and age.';
  if (line.kind === 'group')
    return `${line.group.label}: ${plural(line.group.nodes.length, 'node')}. Enter folds them.`;
  const { row } = line;
  const value = column.value(row);
  const since = row.lastAnswerAt === null ? '' : `, no answer since ${row.lastAnswerAt.slice(11, 19)} UTC`;
  if (column.id === 'state') return `${row.node}: ${row.state}${since}${row.reason === null ? '' : `. ${row.reason}`}`;
  const cell = column.number === undefined ? null : row.numbers[column.number];
  const label = `${row.node}: ${column.label.toLowerCase()}`;
  if (value === null) return `${label} unknown. ${cell?.why ?? 'No node says it.'}`;
  const age = formatAge(Date.parse(nodes.asOf) - Date.parse(cell?.at ?? nodes.asOf));
  const source = column.number === undefined ? 'system.local and system.peers_v2' : nodes.sources[column.number];
  return `${label} ${[column.text(value), column.unit].filter((part) => part !== '').join(' ')} · ${source} · read ${age}`;
}
