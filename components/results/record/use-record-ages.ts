import { useEffect, useMemo, useState } from 'react';
import type { TablePlace } from '@/lib/client/place';
import type { Row } from '@/lib/client/stream';
import { useRelease } from '@/lib/client/use-release';
import type { ResultColumn } from '@/lib/contract/frames';
import type { Table } from '@/lib/contract/schema';
import { keyPlaces } from '@/lib/cql/row-key';
import { sortColumns } from '../age/aged-columns';
import { type RecordAges, readRecordAges } from './read-record-ages';

/** What is known of the ages of the row that is shown. */
export type AgesState =
  | { readonly state: 'off' }
  | { readonly state: 'reading' }
  | { readonly state: 'read'; readonly ages: RecordAges; readonly reasons: ReadonlyMap<number, string> }
  | { readonly state: 'failed'; readonly reason: string };

/** Where the row is, for reading its ages; undefined where it is of no known table. */
export interface AgedTable {
  readonly table: Table;
  readonly place: TablePlace;
}

/** Why no write time of the rows can be read; undefined where some can. */
export function recordAgeRefusal(aged: AgedTable | undefined, columns: readonly ResultColumn[]): string | undefined {
  if (aged === undefined) return 'Write times need rows of a known table.';
  if (aged.table.kind === 'virtual') return 'A virtual table makes its rows when it is read: they have no write times.';
  const key = keyPlaces(aged.table, columns);
  return 'missing' in key ? `Write times need the whole primary key: add ${key.missing.join(', ')}.` : undefined;
}

/** Reads the ages of a row's cells while they are wanted; another row ends the read. */
export function useRecordAges(
  aged: AgedTable | undefined,
  columns: readonly ResultColumn[],
  values: Row | null | undefined,
  isWanted: boolean,
): AgesState {
  const release = useRelease(aged?.place.cluster ?? '');
  const [found, setFound] = useState<{ of: Row; state: AgesState }>();
  const of = aged?.table;
  const plan = useMemo(() => {
    const key = of && keyPlaces(of, columns);
    if (of === undefined || key === undefined || 'missing' in key) return undefined;
    const sources = columns.map((_, source) => source);
    return { key, ...sortColumns(sources, columns, of, release) };
  }, [of, columns, release]);
  const { cluster, keyspace, table } = aged?.place ?? {};
  useEffect(() => {
    if (!isWanted || values == null || plan === undefined) return;
    if (cluster === undefined || keyspace === undefined || table === undefined) return;
    const abort = new AbortController();
    const settle = (state: AgesState) => {
      if (!abort.signal.aborted) setFound({ of: values, state });
    };
    readRecordAges({ cluster, keyspace, table }, plan.key, plan.aged, values, abort.signal).then(
      (ages) => {
        const reasons = new Map(plan.untold.map(({ source, reason }) => [source, reason]));
        settle({ state: 'read', ages, reasons });
      },
      (cause: unknown) => settle({ state: 'failed', reason: cause instanceof Error ? cause.message : String(cause) }),
    );
    return () => abort.abort();
  }, [isWanted, values, plan, cluster, keyspace, table]);
  if (!isWanted || values == null) return { state: 'off' };
  return found?.of === values ? found.state : { state: 'reading' };
}
