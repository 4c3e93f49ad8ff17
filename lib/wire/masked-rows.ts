import { cellLength } from './plan';

/** What a masked cell shows: dots, or as if it had no value. */
export type MaskedAs = 'dots' | 'null';

const DOTS = new TextEncoder().encode('•••');
/** Each as the protocol writes a cell: a signed 32-bit length, then that many bytes; null has a length of -1. */
const CELLS: Readonly<Record<MaskedAs, Uint8Array>> = {
  dots: Uint8Array.of(0, 0, 0, DOTS.length, ...DOTS),
  null: Uint8Array.of(0xff, 0xff, 0xff, 0xff),
};

/**
 * A copy of a page's rows without the values of masked columns, whatever they are: nulls too.
 * @param masks of each column, in order; null: its cells stay
 * @throws WireError for rows that violate the protocol
 */
export function maskedRows(body: Uint8Array, rows: number, masks: readonly (MaskedAs | null)[]): Uint8Array {
  let length = 0;
  for (const cell of cellsOf(body, rows, masks)) length += cell.length;
  const masked = new Uint8Array(length);
  let at = 0;
  for (const cell of cellsOf(body, rows, masks)) {
    masked.set(cell, at);
    at += cell.length;
  }
  return masked;
}

/** Each cell as it stands, with its length, or what takes its place. */
function* cellsOf(body: Uint8Array, rows: number, masks: readonly (MaskedAs | null)[]): Generator<Uint8Array> {
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (const mask of masks) {
      const end = at + 4 + Math.max(0, cellLength(body, at));
      yield mask === null ? body.subarray(at, end) : CELLS[mask];
      at = end;
    }
  }
}
