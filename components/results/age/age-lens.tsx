import { X } from 'lucide-react';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { CellLook, CellLooks, GridColumn } from '@/components/grid/types';
import { IconButton } from '@/components/ui/icon-button';
import type { TablePlace } from '@/lib/client/place';
import { useRelease } from '@/lib/client/use-release';
import type { ResultColumn } from '@/lib/contract/frames';
import type { Table } from '@/lib/contract/schema';
import { type KeyPlaces, keyPlaces } from '@/lib/cql/row-key';
import type { ResultReader } from '@/lib/reader/result-reader';
import { formatAge } from '@/lib/text/format';
import { formatTimestamp } from '@/lib/wire/format';
import { AgeLegend } from './age-legend';
import type { Age, AgedColumn } from './age-plan';
import { AgeReader, type AgesState } from './age-reader';
import { type AgeSpan, ageBackground, placeIn, spanOf, UNTOLD_BACKGROUND } from './age-scale';
import { sortColumns, type UntoldColumn } from './aged-columns';

interface AgeLensProps {
  reader: ResultReader;
  /** Of the result. */
  header: readonly ResultColumn[];
  /** Those that are shown. */
  columns: readonly GridColumn[];
  table: Table;
  place: TablePlace;
  /** The window's number of the grid's first row. */
  firstRow: number;
  onLooks: (looks: CellLooks | undefined) => void;
  onClose: () => void;
}

/** Colours cells by when they were written, hatches those whose life ends, and says what the colours mean. */
export default function AgeLens(props: AgeLensProps) {
  const { reader, header, columns, table, place, firstRow, onLooks, onClose } = props;
  const release = useRelease(place.cluster);
  const key = useMemo(() => keyPlaces(table, header), [table, header]);
  const { aged, untold } = useMemo(
    () =>
      sortColumns(
        columns.map(({ source }) => source),
        header,
        table,
        release,
      ),
    [columns, header, table, release],
  );
  const refusal = refusalOf(table, key);
  const { state, retry } = useAges(reader, place, refusal === undefined && !('missing' in key) ? key : undefined, aged);
  const span = useMemo(() => spanOf(state.ages.values()), [state.ages]);
  const looks = useMemo(
    (): CellLooks | undefined => (refusal === undefined ? looksOf(state, span, untold, firstRow) : undefined),
    [refusal, state, span, untold, firstRow],
  );
  useEffect(() => onLooks(looks), [onLooks, looks]);
  useEffect(() => () => onLooks(undefined), [onLooks]);
  return (
    <section
      aria-label="Age lens"
      className="flex shrink-0 items-start gap-3 border-line border-t bg-canvas px-3 py-1.5"
    >
      {refusal === undefined ? (
        <AgeLegend state={state} span={span} untold={untold} onRetry={retry} />
      ) : (
        <p className="flex-1 text-muted text-xs">{refusal}</p>
      )}
      <IconButton label="Close the age lens" size="sm" onClick={onClose}>
        <X size={12} aria-hidden="true" />
      </IconButton>
    </section>
  );
}

function refusalOf(table: Table, key: ReturnType<typeof keyPlaces>): string | undefined {
  if (table.kind === 'virtual') return 'A virtual table makes its rows when it is read: they have no write times.';
  if ('missing' in key)
    return `Add ${key.missing.join(', ')} to the columns: cells are found by their whole primary key.`;
  return undefined;
}

const NOTHING: AgesState = { ages: new Map(), reading: false, error: null, statement: null };

function useAges(reader: ResultReader, place: TablePlace, key: KeyPlaces | undefined, aged: readonly AgedColumn[]) {
  const { cluster, keyspace, table } = place;
  const ages = useMemo(
    () => (key === undefined ? undefined : new AgeReader(reader, { cluster, keyspace, table }, key, aged)),
    [reader, cluster, keyspace, table, key, aged],
  );
  useEffect(() => {
    ages?.start();
    return () => ages?.dispose();
  }, [ages]);
  const state = useSyncExternalStore(ages?.subscribe ?? never, ages?.getState ?? (() => NOTHING));
  return { state, retry: () => ages?.retry() };
}

function never(): () => void {
  return () => undefined;
}

function looksOf(
  { ages }: AgesState,
  span: AgeSpan | null,
  untold: readonly UntoldColumn[],
  firstRow: number,
): CellLooks {
  const reasons = new Map(untold.map(({ source, reason }) => [source, reason]));
  return (row, source) => {
    const reason = reasons.get(source);
    if (reason !== undefined) {
      return {
        style: { backgroundImage: UNTOLD_BACKGROUND, backgroundSize: '6px 6px' },
        title: `No write time: ${reason}`,
      };
    }
    const age = ages.get(row + firstRow)?.get(source);
    return age == null || span === null ? undefined : lookOf(age, span);
  };
}

function lookOf({ writeMicros, ttlSeconds }: Age, span: AgeSpan): CellLook {
  const writtenMs = writeMicros / 1_000n;
  const ends = ttlSeconds === null ? '' : ` · TTL ${ttlSeconds} s`;
  return {
    // Dim words, such as those for empty values, stay legible on the colour.
    className: '[&_span]:text-ink',
    style: { backgroundImage: ageBackground(placeIn(span, writeMicros), ttlSeconds) },
    title: `Written ${formatTimestamp(writtenMs)}, ${formatAge(Date.now() - Number(writtenMs))}${ends}`,
  };
}
