import Link from 'next/link';
import { CopyButton } from '@/components/ui/copy-button';
import { DataTable } from '@/components/ui/data-table';
import { TEXT_WIDTH } from '@/components/ui/page';
import { Shown } from '@/components/ui/shown';
import { pagePath } from '@/lib/client/paths';
import type { TablePlace } from '@/lib/client/place';
import type { Filter } from '@/lib/contract/filters';
import { type JsonValue, jsonText } from '@/lib/contract/json';
import type { Found, SeenPartition, TimeSeriesAdvice, TombstonePlace } from '@/lib/contract/tables';
import { formatBytes, formatCount, plural } from '@/lib/text/format';

type FoundProps = { place: TablePlace; found: Found };

/** The widest partitions that were seen, and what follows for a time series. */
export function FoundWide({ place, found }: FoundProps) {
  return (
    <>
      {found.widest.length === 0 ? (
        <p className="text-muted text-sm">No partition was seen.</p>
      ) : (
        <DataTable
          caption="The widest partitions seen"
          rows={found.widest}
          rowKey={({ token }) => token}
          columns={[
            { id: 'key', header: 'Partition', rowHeader: true, cell: ({ key }) => <KeyLink place={place} of={key} /> },
            { id: 'rows', header: 'Rows', align: 'right', cell: rowsText },
            {
              id: 'bytes',
              header: 'Size (estimate)',
              align: 'right',
              cell: ({ bytes }) => (bytes === null ? <Unknown /> : `~${formatBytes(bytes)}`),
            },
            {
              id: 'each',
              header: 'Per row',
              align: 'right',
              cell: ({ bytesPerRow }) => (bytesPerRow === null ? <Unknown /> : `~${formatBytes(bytesPerRow)}`),
            },
            { id: 'days', header: 'Days with rows', cell: daysText },
          ]}
        />
      )}
      <p className={`text-faint text-xs ${TEXT_WIDTH}`}>
        Sizes are of values as they are sent, from the first rows of the widest; on disk they are compressed.
      </p>
      {found.advice !== null && <Advice advice={found.advice} />}
      {found.noAdvice !== null && <p className="text-muted text-sm">No advice on a bucket by day: {found.noAdvice}</p>}
    </>
  );
}

function rowsText({ rows, isWhole }: SeenPartition): string {
  return isWhole ? formatCount(rows) : `${formatCount(rows)} or more`;
}

function daysText({ time }: SeenPartition) {
  if (time === null) return <Unknown />;
  return `${formatCount(time.days)}, ${time.from.slice(0, 10)} to ${time.to.slice(0, 10)}`;
}

function Unknown() {
  return <span className="text-faint">–</span>;
}

/** Leads to the rows of a partition. */
function KeyLink({ place, of }: { place: TablePlace; of: Readonly<Record<string, JsonValue>> }) {
  const filters = Object.entries(of).map(([column, value]): Filter => ({ column, operator: '=', value }));
  const text = filters.map(({ column, value }) => `${column} = ${jsonText(value)}`).join(', ');
  return (
    <Link
      href={pagePath.table(place.cluster, place.keyspace, place.table, { filters })}
      className="inline-block max-w-96 truncate align-middle font-mono text-accent text-xs hover:underline"
    >
      <Shown text={text} as="text" />
    </Link>
  );
}

function Advice({ advice: { observed, would, createTable, queries } }: { advice: TimeSeriesAdvice }) {
  return (
    <section aria-label="A bucket by day" className="flex flex-col gap-2 rounded-md border border-line p-3 text-sm">
      <h3 className="font-semibold">These partitions grow with time: a day in the partition key would bound them</h3>
      <ul className={`list-disc pl-5 ${TEXT_WIDTH}`}>
        {[...observed, ...would].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <div className="flex items-start gap-2">
        <pre className="thin-scrollbar min-w-0 flex-1 overflow-x-auto rounded bg-hover p-2 font-mono text-xs">
          {createTable}
        </pre>
        <CopyButton text={createTable} label="Copy CREATE TABLE" />
      </div>
      <DataTable
        caption="Queries that change"
        rows={queries}
        rowKey={({ before }) => before}
        columns={[
          {
            id: 'before',
            header: 'Now',
            mono: true,
            className: 'whitespace-normal! min-w-60',
            cell: ({ before }) => before,
          },
          {
            id: 'after',
            header: 'Then',
            mono: true,
            className: 'whitespace-normal! min-w-60',
            cell: ({ after }) => after,
          },
        ]}
      />
      <p className="text-faint text-xs">Ringside changes nothing: this is text for a person.</p>
    </section>
  );
}

/** Where reads passed over tombstones. */
export function FoundTombstones({ place, found }: FoundProps) {
  const { tombstones, traced, untraced } = found;
  return (
    <>
      {tombstones.length === 0 ? (
        <p className="text-muted text-sm">No tombstones were met in {plural(traced, 'traced read')}.</p>
      ) : (
        <DataTable
          caption="Places with tombstones"
          rows={tombstones}
          rowKey={(one) => `${one.from}/${one.to}/${one.key === null}`}
          columns={[
            { id: 'where', header: 'Where', rowHeader: true, cell: (one) => <Where place={place} one={one} /> },
            { id: 'tombstones', header: 'Tombstones', align: 'right', cell: (one) => formatCount(one.tombstones) },
            { id: 'live', header: 'Live rows', align: 'right', cell: (one) => formatCount(one.live) },
          ]}
        />
      )}
      {untraced > 0 && (
        <p className="text-sm text-warn">
          {plural(untraced, 'traced read')} left no count of tombstones: it is not known what they passed over.
        </p>
      )}
    </>
  );
}

function Where({ place, one: { key, from, to } }: { place: TablePlace; one: TombstonePlace }) {
  if (key !== null) return <KeyLink place={place} of={key} />;
  return (
    <span className="font-mono text-xs">
      tokens {from} to {to}
    </span>
  );
}
