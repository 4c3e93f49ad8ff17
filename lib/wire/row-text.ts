import type { CqlType } from '@/lib/cql/types';
import { int32At } from './bytes';
import { writeCell } from './cell';
import { cqlCell } from './cql-cells';
import { TextSink } from './sink';

interface Column {
  readonly name: string;
  readonly type: CqlType;
}

/** Enough to identify a row: the server returns key columns first. */
const MOST_CELLS = 4;
/** Larger cells take more space than they help. */
const MOST_BYTES = 64;
const MOST_CHARACTERS = 60;

/**
 * The first short cells of the row at `offset` of a page, to identify it for people: `k = 5, day = '2001-01-09'`. Returns
 * what it can read, because it is used for errors about broken rows.
 */
export function rowText(columns: readonly Column[], body: Uint8Array, offset: number): string {
  const cells: string[] = [];
  let at = offset;
  for (const { name, type } of columns) {
    if (cells.length === MOST_CELLS || at + 4 > body.length) break;
    const length = int32At(body, at);
    at += 4;
    if (length > body.length - at) break;
    const text = length > MOST_BYTES ? undefined : cellText(type, body, at, length);
    if (text !== undefined && text.length <= MOST_CHARACTERS) cells.push(`${name} = ${text}`);
    at += Math.max(0, length);
  }
  return cells.join(', ');
}

function cellText(type: CqlType, body: Uint8Array, start: number, length: number): string | undefined {
  const sink = new TextSink(MOST_BYTES * 2);
  try {
    writeCell(cqlCell(type), body, start, length, sink);
  } catch {
    return undefined;
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(sink.take());
}
