import type { PageColumn } from '@/lib/cassandra/read/pages';
import type { ScanProgress } from '@/lib/contract/scans';
import type { Scan, ScanPage } from '@/lib/scan/scan';

/** Handmade scans, for tests of what their pages turn into. */

export const NO_PROGRESS: ScanProgress = {
  rows: 0,
  pages: 0,
  frameBytes: 0,
  ringFraction: null,
  ring: null,
  concurrency: 1,
  estimatedRows: null,
  rowsPerSecond: null,
  estimatedLeftMs: null,
  warnings: [],
  failures: [],
  ranges: { total: 1, done: 0, running: 1, retried: 0, failed: 0 },
};

const INT = { name: 'id', type: { kind: 'native', name: 'int' } } as const;

/** The cells of an int column. */
function intCells(values: readonly number[]): Buffer {
  const cells = Buffer.alloc(values.length * 8);
  values.forEach((value, at) => {
    cells.writeInt32BE(4, at * 8);
    cells.writeInt32BE(value, at * 8 + 4);
  });
  return cells;
}

interface TestScanOptions {
  readonly columns?: readonly PageColumn[];
  /** A page's cells, instead of its numbers. */
  readonly body?: Buffer;
  /** Thrown after the last page. */
  readonly failure?: Error;
  /** A checkpoint of a scan of the same pieces. */
  readonly resume?: string | undefined;
  /** Which of the pieces with pages left gives the next one; the first by default. */
  readonly choose?: (open: readonly number[]) => number | undefined;
}

/** Pieces of pages of ints: `[[[1, 2], [3]], [[4]]]` are two pieces, the first of two pages. */
export class TestScan implements Scan {
  readonly #controller = new AbortController();
  readonly #data: readonly (readonly (readonly number[])[])[];
  readonly #options: TestScanOptions;
  /** How many pages of each piece have been handed over. */
  readonly #taken: number[];
  #rows = 0;
  isReturned = false;
  readonly pieces: Scan['pieces'];
  readonly columns: readonly PageColumn[];
  readonly pages: AsyncIterable<ScanPage, void>;

  constructor(data: readonly (readonly (readonly number[])[])[], options: TestScanOptions = {}) {
    this.#data = data;
    this.#options = options;
    const resumed: unknown = options.resume === undefined ? null : JSON.parse(options.resume);
    this.#taken = Array.isArray(resumed) ? resumed.map(Number) : data.map(() => 0);
    this.pieces = data.map((_, at) => ({ from: BigInt(at), to: BigInt(at + 1), replicas: [] }));
    this.columns = options.columns ?? [INT];
    this.pages = this.#generate();
  }

  async *#generate(): AsyncGenerator<ScanPage, void> {
    const { failure, choose = ([first]) => first, body } = this.#options;
    try {
      for (;;) {
        this.signal.throwIfAborted();
        const open = this.#data.flatMap((pages, piece) => ((this.#taken[piece] ?? 0) < pages.length ? [piece] : []));
        const piece = choose(open);
        if (piece === undefined) break;
        yield this.#page(piece, body);
      }
      if (failure !== undefined) throw failure;
    } finally {
      this.isReturned = true;
    }
  }

  #page(piece: number, body?: Buffer): ScanPage {
    const at = this.#taken[piece] ?? 0;
    const values = this.#data[piece]?.[at] ?? [];
    const last = at + 1 === this.#data[piece]?.length;
    this.#taken[piece] = at + 1;
    this.#rows += values.length;
    return {
      rows: values.length,
      body: body ?? intCells(values),
      frameBytes: values.length * 8,
      columns: this.columns,
      pagingState: last ? null : Buffer.from('more'),
      coordinator: '127.0.0.1:9042',
      consistency: 'LOCAL_ONE',
      warnings: [],
      traces: [],
      elapsedMs: 1,
      piece,
      last,
      token: null,
      ringFraction: null,
    };
  }

  progress(): ScanProgress {
    const pages = this.#taken.reduce((sum, taken) => sum + taken, 0);
    return { ...NO_PROGRESS, rows: this.#rows, pages };
  }

  checkpoint = () => JSON.stringify(this.#taken);

  heldBytes = () => 0;

  /** Pages kept after the next was taken. */
  kept = 0;

  keep = () => {
    this.kept++;
    return () => {
      this.kept--;
    };
  };

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort = (reason: unknown) => this.#controller.abort(reason);
}

/** Ints for `pieces` pieces with `count` pages of `rows` rows each, every number once. */
export function numbered(pieces: number, count: number, rows: number): number[][][] {
  let next = 0;
  const page = () => Array.from({ length: rows }, () => next++);
  return Array.from({ length: pieces }, () => Array.from({ length: count }, page));
}
