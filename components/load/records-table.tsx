import { DataTable } from '@/components/ui/data-table';
import { Shown } from '@/components/ui/shown';
import { jsonText } from '@/lib/contract/json';
import type { LoadPreview, LoadProblem } from '@/lib/contract/load';

type PreviewRecord = LoadPreview['records'][number];

/** The first records as rows of the table, and what is wrong with those that are none. */
export function RecordsTable({ records, mapped }: { records: readonly PreviewRecord[]; mapped: readonly string[] }) {
  const written = mapped.map((name) => ({
    id: name,
    header: <Shown text={name} as="name" />,
    mono: true,
    cell: ({ row }: PreviewRecord) => <Written row={row} name={name} />,
  }));
  return (
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
  );
}

function Written({ row, name }: { row: PreviewRecord['row']; name: string }) {
  if (row === null) return <span className="text-faint">–</span>;
  const value = row[name];
  if (value === undefined) return <span className="text-faint">as it is</span>;
  if (value === null) return <span className="text-faint italic">null</span>;
  return (
    <span className="line-clamp-1 max-w-60 break-all">
      <Shown text={typeof value === 'string' ? value : jsonText(value)} as="line" />
    </span>
  );
}

/** What is wrong, where, and what to do. */
export function ProblemText({ problem: { message } }: { problem: LoadProblem }) {
  return (
    <span className="block min-w-60 whitespace-normal text-danger text-xs">
      <Shown text={message} as="text" />
    </span>
  );
}
