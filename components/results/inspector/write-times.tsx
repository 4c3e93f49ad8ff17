import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { Clock } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import type { Row } from '@/lib/client/stream';
import { useRelease } from '@/lib/client/use-release';
import type { ResultColumn } from '@/lib/contract/frames';
import type { Table } from '@/lib/contract/schema';
import { keyPlaces } from '@/lib/cql/row-key';
import { formatAge, formatCount, plural } from '@/lib/text/format';
import { type Fact, localMoment } from '@/lib/values/moment-facts';
import { formatTimestamp } from '@/lib/wire/format';
import { ageRefusal, type CellAge, readCellAge } from '../age/cell-age';
import type { ResultPlace } from '../place';
import { FactList } from './fact-list';

interface WriteTimesProps {
  column: ResultColumn;
  /** Of the result. */
  columns: readonly ResultColumn[];
  values: Row;
  table: Table;
  place: ResultPlace;
}

type WriteTimeState =
  | { readonly state: 'unasked' | 'reading' }
  | { readonly state: 'read'; readonly age: CellAge; readonly atMs: number }
  | { readonly state: 'failed'; readonly reason: string };

/** By script alone. */
const FOCUSABLE = { tabIndex: -1 } as const;

/** A cell's write time and TTL, read on request, with the statement that reads them. */
export function WriteTimes({ column, columns, values, table, place }: WriteTimesProps) {
  const section = useRef<HTMLElement>(null);
  const release = useRelease(place.cluster);
  const stored = column.kind === 'computed' ? undefined : table.columns.find(({ name }) => name === column.name);
  const key = keyPlaces(table, columns);
  const refusal = 'missing' in key ? refusalOf(table, key.missing) : (refusalOf(table) ?? ageRefusal(stored, release));
  const { outcome, read } = useOutcome(section, (client, signal) => {
    const { cluster, keyspace, table: name } = place;
    if (stored === undefined || 'missing' in key || keyspace === null || name === null) return undefined;
    return readCellAge({ cluster, keyspace, table: name }, stored, key, values, client, signal);
  });
  return (
    <section ref={section} aria-label="Write time and TTL" {...FOCUSABLE} className="border-line border-t px-3 py-2">
      {outcome.state === 'read' ? (
        <Age age={outcome.age} atMs={outcome.atMs} />
      ) : (
        <Button
          size="sm"
          variant="ghost"
          icon={<Clock size={12} aria-hidden="true" />}
          busy={outcome.state === 'reading'}
          disabled={refusal !== undefined}
          onClick={() => void read()}
        >
          Write time and TTL
        </Button>
      )}
      {refusal !== undefined && <p className="mt-1 text-faint text-xs">{refusal}</p>}
      {outcome.state === 'failed' && (
        <p role="alert" className="mt-1 text-danger text-xs">
          {outcome.reason}
        </p>
      )}
    </section>
  );
}

/** Why nothing can be asked about a cell of the table, whatever its column. */
function refusalOf(table: Table, missing: readonly string[] = []): string | undefined {
  if (table.kind === 'virtual') return 'A virtual table makes its rows when it is read: they have no write times.';
  if (missing.length === 0) return undefined;
  return `Add ${missing.join(', ')} to the columns: a cell is found by its whole primary key.`;
}

/** What `ask` came to, once `read` is called; leaving ends it. `ask` gives nothing where there is nothing to ask. */
function useOutcome(
  section: RefObject<HTMLElement | null>,
  ask: (client: QueryClient, signal: AbortSignal) => Promise<CellAge> | undefined,
) {
  const client = useQueryClient();
  const [outcome, setOutcome] = useState<WriteTimeState>({ state: 'unasked' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const read = async () => {
    const abort = new AbortController();
    const asked = ask(client, abort.signal);
    if (asked === undefined) return;
    running.current = abort;
    setOutcome({ state: 'reading' });
    try {
      const age = await asked;
      // The button goes away with the answer, and the focus must not go with it.
      if (section.current?.contains(document.activeElement)) section.current.focus();
      setOutcome({ state: 'read', age, atMs: Date.now() });
    } catch (cause) {
      if (abort.signal.aborted) return;
      setOutcome({ state: 'failed', reason: cause instanceof Error ? cause.message : String(cause) });
    }
  };
  return { outcome, read };
}

function Age({ age, atMs }: { age: CellAge; atMs: number }) {
  const facts = ageFacts(age, atMs);
  return (
    <>
      {facts.length === 0 ? (
        <p className="text-muted text-xs italic">Nothing is stored in this cell: no write time, no TTL.</p>
      ) : (
        <FactList facts={facts} />
      )}
      <div className="mt-2 flex items-start gap-1">
        <code className="thin-scrollbar max-h-24 min-w-0 flex-1 select-text overflow-auto break-words text-2xs text-muted">
          {age.statement}
        </code>
        <CopyButton label="Copy the statement" text={age.statement} />
      </div>
    </>
  );
}

function ageFacts({ writeTimesMicros, ttlSeconds }: CellAge, atMs: number): readonly Fact[] {
  const [oldest, newest] = [least(writeTimesMicros), most(writeTimesMicros)];
  if (oldest === undefined || newest === undefined) return [];
  const several = writeTimesMicros.length > 1;
  const written = (label: string, micros: bigint): Fact[] => [
    { label, text: `${microsText(micros)}, ${formatAge(atMs - Number(micros / 1_000n))}` },
    { label: `${label}, local`, text: localMoment(floorMs(micros)) },
  ];
  const ending = ttlSeconds.filter((ttl) => ttl !== null);
  return [
    ...(several ? [{ label: 'Cells', text: plural(writeTimesMicros.length, 'element') }] : []),
    ...written(several ? 'Newest' : 'Written', newest),
    ...(oldest === newest ? [] : written('Oldest', oldest)),
    { label: 'Microseconds since 1970', text: String(newest) },
    { label: 'TTL', text: ttlText(ending, ttlSeconds.length, atMs) },
  ];
}

function ttlText(ending: readonly number[], cells: number, atMs: number): string {
  const [first, last] = [Math.min(...ending), Math.max(...ending)];
  if (ending.length === 0) return 'none: the value stays until it is deleted';
  const ends = (seconds: number) =>
    `${formatCount(seconds)} s left, until ${formatTimestamp(BigInt(atMs + seconds * 1_000))}`;
  if (cells === 1 || (first === last && ending.length === cells)) return ends(first);
  return `${ending.length} of ${cells} elements: the first has ${ends(first)}`;
}

/** Microseconds as a moment in UTC, to the last digit. */
function microsText(micros: bigint): string {
  const ms = floorMs(micros);
  return formatTimestamp(ms).replace('Z', `${String(micros - ms * 1_000n).padStart(3, '0')}Z`);
}

function floorMs(micros: bigint): bigint {
  return (micros - (((micros % 1_000n) + 1_000n) % 1_000n)) / 1_000n;
}

function least(values: readonly bigint[]): bigint | undefined {
  return values.reduce<bigint | undefined>(
    (least, value) => (least === undefined || value < least ? value : least),
    undefined,
  );
}

function most(values: readonly bigint[]): bigint | undefined {
  return values.reduce<bigint | undefined>(
    (most, value) => (most === undefined || value > most ? value : most),
    undefined,
  );
}
