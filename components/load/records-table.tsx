import type { ReactNode } from 'react';
import { DataTable } from '@/components/ui/data-table';
import { focusableWhileScrolling } from '@/components/ui/focus';
import { Shown } from '@/components/ui/shown';
import type { LoadPreview, LoadProblem } from '@/lib/contract/load';
import { LoadedValue } from './loaded-value';

type PreviewRecord = LoadPreview['records'][number];

/** The first records as rows of the table, and what is wrong with those that are none. */
export function RecordsTable({ records, mapped }: { records: readonly PreviewRecord[]; mapped: readonly string[] }) {
  const written = mapped.map((name) => ({
    id: name,
    header: <Shown text={name} as="name" />,
    mono: true,
    cell: ({ row }: PreviewRecord) =>
      row === null ? <LoadedValue value={undefined} /> : <LoadedValue value={row[name]} absent="as it is" />,
  }));
  return (
    <ScrollBox>
      <DataTable
        caption="What the first records become"
        rows={records}
        rowKey={({ number }) => String(number)}
        rowClassName={({ problem }) => (problem === null ? undefined : 'bg-danger-soft')}
        columns={[
          { id: 'place', header: 'Line', align: 'right', cell: ({ line, number }) => line ?? number },
          ...written,
          {
            id: 'problem',
            header: 'Problem',
            cell: ({ problem }) => problem !== null && <ProblemText problem={problem} />,
          },
        ]}
      />
    </ScrollBox>
  );
}

/** A long table that leaves room for what follows it. */
export function ScrollBox({ children }: { children: ReactNode }) {
  return (
    <div ref={focusableWhileScrolling} className="thin-scrollbar max-h-80 overflow-y-auto">
      {children}
    </div>
  );
}

/** What is wrong, where, and what to do. */
export function ProblemText({ problem: { message } }: { problem: LoadProblem }) {
  return (
    <span className="block min-w-80 whitespace-normal text-danger text-xs">
      <Shown text={message} as="text" />
    </span>
  );
}
