'use client';

import clsx from 'clsx';
import type { ReactNode } from 'react';
import { focusableWhileScrolling } from './focus';
import { shown } from './shown';

export type DataColumn<Row> = {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  align?: 'left' | 'right';
  /** Names and values: the tabular monospace. */
  mono?: boolean;
  /** The column that names the row. */
  rowHeader?: boolean;
  className?: string;
};

type DataTableProps<Row> = {
  /** What the table is about; for screen readers. */
  caption: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowClassName?: (row: Row) => string | undefined;
};

/** A plain table for tens or hundreds of rows, which scrolls sideways when it has to. */
export function DataTable<Row>({ caption, columns, rows, rowKey, rowClassName }: DataTableProps<Row>) {
  return (
    <div ref={focusableWhileScrolling} className="scroll-edges thin-scrollbar overflow-x-auto">
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-line border-b">
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={clsx('h-8 font-medium text-faint text-xs', cellClass(column), 'whitespace-normal!')}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={clsx('border-line not-last:border-b hover:bg-hover', rowClassName?.(row))}>
              {columns.map((column) => (
                <DataCell key={column.id} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DataCell<Row>({ column, row }: { column: DataColumn<Row>; row: Row }) {
  const className = clsx('h-8', column.mono && 'font-mono text-xs', cellClass(column));
  if (column.rowHeader === true) {
    return (
      <th scope="row" className={clsx('font-medium', className)}>
        {shown(column.cell(row), column.mono ? 'name' : 'text')}
      </th>
    );
  }
  return <td className={className}>{shown(column.cell(row), column.mono ? 'name' : 'text')}</td>;
}

function cellClass<Row>(column: DataColumn<Row>): string {
  return clsx(
    'whitespace-nowrap px-2 py-1 first:pl-4 last:pr-4',
    column.align === 'right' ? 'text-right' : 'text-left',
    column.className,
  );
}
