import { Fragment } from 'react';
import { cellFace } from '@/components/results/rows/cell-face';
import { DataTable } from '@/components/ui/data-table';
import { Gaps } from '@/components/ui/notice';
import { Progress } from '@/components/ui/progress';
import { Shown } from '@/components/ui/shown';
import { EXAMPLE_CHARACTERS } from '@/lib/contract/limits';
import type { Sample } from '@/lib/contract/stats';
import { formatShare } from '@/lib/text/format';
import { columnType } from '@/lib/values/value-text';

/** The columns of a sample. What draws values as the grid does loads with it. */
export default function SampleTable({ sample, table }: { sample: Sample; table: string }) {
  const { partitions, columns, gaps, statement } = sample;
  return (
    <>
      {gaps.length > 0 && (
        <div className="p-4">
          <Gaps title="Some places could not be read" gaps={gaps} />
        </div>
      )}
      {partitions === 0 ? (
        <p className="p-4 text-muted text-sm">
          There are no partitions at these places: the table is empty or nearly so.
        </p>
      ) : (
        <DataTable
          caption={`Columns of ${table}, by the sample`}
          rows={columns}
          rowKey={({ name }) => name}
          columns={[
            { id: 'name', header: 'Column', rowHeader: true, mono: true, cell: ({ name }) => name },
            { id: 'type', header: 'Type', mono: true, className: 'text-faint', cell: ({ type }) => type },
            {
              id: 'filled',
              header: 'With a value',
              cell: ({ name, filled, masked }) =>
                masked === undefined ? (
                  <span className="flex items-center gap-2">
                    <Progress label={`${name} filled`} fraction={filled / partitions} className="w-20" />
                    <span className="tabular-nums">{formatShare(filled / partitions)}</span>
                  </span>
                ) : (
                  <span className="text-faint">masked for you by the role {masked}</span>
                ),
            },
            {
              id: 'distinct',
              header: 'Distinct',
              align: 'right',
              cell: ({ distinct, masked }) => (masked === undefined ? distinct : '–'),
            },
            {
              id: 'examples',
              header: 'Examples',
              mono: true,
              cell: (column) => <Examples {...column} />,
            },
          ]}
        />
      )}
      <p className="border-line border-t px-4 py-2 font-mono text-2xs text-faint">
        <Shown text={statement} as="text" />
      </p>
    </>
  );
}

/** Values drawn as in the grid. */
function Examples({ type, examples }: Pick<Sample['columns'][number], 'type' | 'examples'>) {
  const known = columnType(type);
  return (
    <span className="block min-w-48 max-w-lg whitespace-normal break-words">
      {examples.map((value, index) => {
        const { text, content, className } = cellFace(value, known, EXAMPLE_CHARACTERS);
        return (
          <Fragment key={JSON.stringify(value)}>
            {index > 0 && ' · '}
            <span className={className}>{content ?? text}</span>
          </Fragment>
        );
      })}
    </span>
  );
}
