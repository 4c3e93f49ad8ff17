import { orAborted } from '@/lib/cassandra/client/answer';
import type { Run } from '@/lib/cassandra/client/run';
import type { Read, ReadPage } from '@/lib/cassandra/read/reads';

/** Handmade pages, for tests of how they are sent. */

const COLUMNS = [{ name: 'id', type: { kind: 'native', name: 'int' } }] as const;

/** The cells of an int column. */
export function intCells(values: readonly number[]): Buffer {
  return Buffer.concat(
    values.map((value) => {
      const cell = Buffer.alloc(8);
      cell.writeInt32BE(4);
      cell.writeInt32BE(value, 4);
      return cell;
    }),
  );
}

/** A page of ints; `index` and `isLast` set its frame. */
export function intPage(
  values: readonly number[],
  {
    index = 0,
    isLast = false,
    endsPage = true,
    body = intCells(values),
    columns = COLUMNS as ReadPage['columns'],
  } = {},
): ReadPage {
  const coordinator = '127.0.0.1:9042';
  return {
    rows: values.length,
    endsPage,
    body,
    frameBytes: body.length,
    columns,
    coordinator,
    consistency: 'LOCAL_ONE',
    pagingState: isLast ? null : Buffer.from('more'),
    warnings: [],
    traces: [],
    elapsedMs: 1,
    frame: {
      index,
      rows: values.length,
      totalRows: values.length * (index + 1),
      bytes: body.length,
      elapsedMs: 1,
      token: String(index),
      ringFraction: isLast ? 1 : 0.25,
      cursor: isLast ? null : `cursor-${index}`,
      coordinator,
      consistency: 'LOCAL_ONE',
      warnings: [],
    },
  };
}

/** A read of these pages that records how it was used. */
export class TestRead implements Run {
  readonly #controller = new AbortController();
  /** Pages handed over so far. */
  taken = 0;
  isReturned = false;
  readonly isRead: boolean;
  readonly pages: AsyncIterable<ReadPage, void>;

  /** An error in the list is thrown instead of a page. */
  constructor(steps: Iterable<ReadPage | Error | Promise<ReadPage>>, isRead = true) {
    this.isRead = isRead;
    this.pages = this.#generate(steps);
  }

  async *#generate(steps: Iterable<ReadPage | Error | Promise<ReadPage>>): AsyncGenerator<ReadPage, void> {
    try {
      for (const step of steps) {
        this.signal.throwIfAborted();
        if (step instanceof Error) throw step;
        const page = await orAborted(Promise.resolve(step), this.signal);
        this.taken++;
        yield page;
      }
    } finally {
      this.isReturned = true;
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort = (reason: unknown) => this.#controller.abort(reason);

  header: Read['header'] = () => ({
    columns: [{ name: 'id', type: 'int', kind: 'regular' }],
    consistency: 'LOCAL_ONE',
    statement: 'SELECT id FROM t',
  });

  resultKind: Read['resultKind'] = () => 'rows';

  waitsFor: Read['waitsFor'] = () => null;
}
