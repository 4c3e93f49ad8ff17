import 'server-only';
import type { BudgetReader } from '@/lib/cassandra/read/budget';
import { pageCells } from '@/lib/cassandra/read/page-values';
import type { ReadPlan } from '@/lib/cassandra/read/reads';
import { jsonText } from '@/lib/contract/json';
import type { Compared } from '@/lib/contract/move-counts';
import type { Principal } from '@/lib/contract/principal';
import type { ScanPiece } from '@/lib/scan/plan/pieces';
import { openScan } from '@/lib/scan/scan';
import { align, type Pairing } from './align';
import type { Layout } from './columns';
import { type Item, ItemReader, ItemRules } from './items';
import type { Sides } from './plan';

/** Bytes of pages that one side of a range holds or has in flight. */
const BUFFER_BYTES = 4 * 1024 * 1024;
/** Bytes of differences that a range holds until it is done; more are only counted. */
const MOST_LINE_BYTES = 4 * 1024 * 1024;

export interface RangeResult {
  readonly counts: Omit<Compared, 'kept'>;
  /** The first differences, as lines of the file. */
  readonly lines: readonly DifferenceLine[];
}

/** A line of the file of differences. */
interface DifferenceLine {
  readonly is: 'missing' | 'extra' | 'different';
  readonly key: Record<string, unknown>;
  /** In which both have other values. */
  readonly columns?: readonly string[];
}

export interface RangeReading {
  readonly reads: Sides<ReadPlan>;
  readonly readers: Sides<BudgetReader>;
  /** The same tokens, with the nodes of each side. */
  readonly pieces: Sides<ScanPiece>;
  readonly layout: Layout;
  readonly principal: Principal;
  readonly signal: AbortSignal;
  /** The most lines to return. */
  readonly keep: number;
  /** Called with each page before it is compared; may wait. */
  readonly read: (page: { readonly rows: number; readonly frameBytes: number }) => Promise<void>;
}

/**
 * Compares the rows of one token range, holding a page or two of each side.
 * @throws Failure when a side cannot be read to the end of the range
 */
export async function compareRange(reading: RangeReading): Promise<RangeResult> {
  const { layout, signal } = reading;
  const left = new AbortController();
  const stop = AbortSignal.any([signal, left.signal]);
  const rules = new ItemRules(layout);
  const found = new Found(rules, reading.keep);
  const [source, target] = [itemsOf(reading, 'source', stop), itemsOf(reading, 'target', stop)];
  try {
    await align(source, target, rules, (pairing) => found.add(pairing));
    return { counts: found.counts, lines: found.lines };
  } finally {
    left.abort(new Error('the range is done'));
    await Promise.allSettled([source.return(), target.return()]);
  }
}

async function* itemsOf(
  { reads, readers, pieces, layout, principal, read }: RangeReading,
  side: 'source' | 'target',
  signal: AbortSignal,
): AsyncGenerator<Item[], void> {
  const plan = { ...reads[side], reader: readers[side] };
  const scan = await openScan(plan, { principal, only: pieces[side], bufferBytes: BUFFER_BYTES }, signal);
  const reader = new ItemReader(layout);
  for await (const page of scan.pages) {
    await read(page);
    yield reader.items(pageCells(page));
  }
}

class Found {
  readonly counts = { sourceRows: 0, targetRows: 0, equal: 0, missing: 0, extra: 0, different: 0 };
  readonly lines: DifferenceLine[] = [];
  #bytes = 0;

  constructor(
    private readonly rules: ItemRules,
    private readonly keep: number,
  ) {}

  add(pairing: Pairing): void {
    const { counts } = this;
    counts[pairing.is]++;
    if (pairing.is !== 'extra') counts.sourceRows++;
    if (pairing.is !== 'missing') counts.targetRows++;
    if (pairing.is === 'equal' || this.lines.length >= this.keep || this.#bytes >= MOST_LINE_BYTES) return;
    const { is, item } = pairing;
    const columns = pairing.is === 'different' ? { columns: pairing.columns } : {};
    const line = { is, key: this.rules.keyOf(item), ...columns };
    this.#bytes += jsonText(line).length;
    this.lines.push(line);
  }
}
