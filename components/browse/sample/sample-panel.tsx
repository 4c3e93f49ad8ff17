import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { cellFace } from '@/components/results/rows/cell-face';
import { FailureState } from '@/components/shell/failure-state';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { Gaps } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import { Progress } from '@/components/ui/progress';
import { Shown } from '@/components/ui/shown';
import type { TablePlace } from '@/lib/client/place';
import { sampleQuery } from '@/lib/client/table-queries';
import { EXAMPLE_CHARACTERS } from '@/lib/contract/limits';
import type { Sample } from '@/lib/contract/stats';
import { formatShare, plural } from '@/lib/text/format';
import { columnType } from '@/lib/values/value-text';

/** The shape of the data, from the first rows of some partitions; read only on request. */
export function SamplePanel({ cluster, keyspace, table }: TablePlace) {
  const query = useQuery(sampleQuery(cluster, keyspace, table));
  const { data } = query;
  return (
    <Panel
      title="Sample"
      flush={data !== undefined}
      note={
        data === undefined ? 'reads the first row of up to 192 partitions, at 24 places on the ring' : sampleWords(data)
      }
      actions={
        <Button size="sm" busy={query.isFetching} onClick={() => void query.refetch()}>
          {data === undefined ? 'Read a sample' : 'Read another'}
        </Button>
      }
    >
      {query.error !== null && (
        <FailureState
          className="m-4"
          title="The sample could not be read"
          error={query.error}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
      )}
      {data === undefined ? (
        query.error === null && (
          <p className="text-muted text-sm">
            Shows which columns have values, and some of those. It looks at some partitions and does not measure the
            table.
          </p>
        )
      ) : (
        <SampleTable sample={data} table={table} />
      )}
    </Panel>
  );
}

/** What the sample covers, so that nobody takes it for the whole table. */
function sampleWords({ partitions, places, failed, emptyPlaces }: Sample): string {
  const missing = failed === 0 ? '' : `, ${failed} of which did not answer`;
  const empty = emptyPlaces === 0 ? '' : `, ${emptyPlaces} of which are empty`;
  return `the first row of ${plural(partitions, 'partition')} at ${plural(places, 'place')} of the ring${missing}${empty}`;
}

function SampleTable({ sample, table }: { sample: Sample; table: string }) {
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
              cell: ({ name, filled }) => (
                <span className="flex items-center gap-2">
                  <Progress label={`${name} filled`} fraction={filled / partitions} className="w-20" />
                  <span className="tabular-nums">{formatShare(filled / partitions)}</span>
                </span>
              ),
            },
            { id: 'distinct', header: 'Distinct', align: 'right', cell: ({ distinct }) => distinct },
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
