import type { Row } from '@/lib/client/stream';
import type { HeaderFrame } from '@/lib/contract/frames';
import type { PageRows } from '@/lib/grid/page-rows';
import { Listeners } from '@/lib/listeners';
import { COMPARE_LIMITS } from '@/lib/local/compare';
import type { ResultOrigin } from '@/lib/local/compare-key';
import { type Extent, extentOf } from '@/lib/reader/extent';
import type { ResultReader } from '@/lib/reader/result-reader';
import { pagesInOrder } from '@/lib/reader/whole';
import type { ResultPlace } from '../place';

/** A result that was put aside to compare later ones with: the rows of it that were in memory then. */
export interface Pin extends ResultOrigin {
  /** Which result it is of. */
  readonly key: string;
  /** The statement. */
  readonly label: string;
  readonly atMs: number;
  readonly pages: readonly PageRows<Row>[];
  readonly extent: Extent;
}

const listeners = new Listeners();
/** One for each cluster: it holds rows. */
const pins = new Map<string, Pin>();

export const subscribePins = listeners.subscribe;

export function pinOf(cluster: string): Pin | undefined {
  return pins.get(cluster);
}

/** Puts a result aside, instead of the one before. */
export function pin(reader: ResultReader, header: HeaderFrame, place: ResultPlace): void {
  const state = reader.getState();
  const { source } = reader;
  pins.set(place.cluster, {
    key: source.key,
    label: source.label,
    atMs: Date.now(),
    columns: header.columns,
    table: originTable(place),
    pages: firstRows(reader.wholeRows() ?? pagesInOrder(state.window), COMPARE_LIMITS.rows),
    extent: extentOf(state, source.repeatable),
  });
  listeners.notify();
}

export function unpin(cluster: string): void {
  pins.delete(cluster);
  listeners.notify();
}

export function originTable({ keyspace, table }: ResultPlace): ResultOrigin['table'] {
  return keyspace === null || table === null ? null : { keyspace, table };
}

/** Pages beyond the limit are let go. */
function firstRows<Row>(pages: readonly PageRows<Row>[], most: number): readonly PageRows<Row>[] {
  let left = most;
  const kept: PageRows<Row>[] = [];
  for (const page of pages) {
    if (left > 0) kept.push(page.slice(0, left));
    left -= page.length;
  }
  return kept;
}
