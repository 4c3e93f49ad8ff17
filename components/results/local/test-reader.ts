import type { HeaderFrame, PageFrame } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import { ResultReader } from '@/lib/reader/result-reader';

/** A flight's delay and destination, as a header names them. */
const HEADER: HeaderFrame = {
  columns: [
    { name: 'dest', type: 'text', kind: 'clustering' },
    { name: 'delay', type: 'int', kind: 'regular' },
  ],
  consistency: 'LOCAL_ONE',
  statement: 'SELECT dest, delay FROM flights.by_origin_day',
};

/** A reader of an answer that needs no server: it is in the address itself. */
export function readerOf(rows: readonly (readonly JsonValue[])[], header = HEADER): ResultReader {
  const page: PageFrame = {
    ...{
      index: 0,
      rows: rows.length,
      totalRows: rows.length,
      bytes: 100,
      elapsedMs: 1,
      token: null,
      ringFraction: null,
    },
    ...{ cursor: null, coordinator: '127.0.0.1', consistency: 'LOCAL_ONE', warnings: [] },
  };
  const end = { rows: rows.length, pages: 1, next: null, elapsedMs: 1, result: 'rows' };
  const lines = [{ header }, ...rows, { page }, { end }].map((line) => JSON.stringify(line)).join('\n');
  const path = `data:application/x-ndjson,${encodeURIComponent(`${lines}\n`)}`;
  return new ResultReader({ key: 'rows', label: 'flights.by_origin_day', path, body: {}, repeatable: true });
}
