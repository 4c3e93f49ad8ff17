import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cell, int, long, short } from './bytes.mjs';
import { ReplaySelect } from './select.mjs';
import { ReplayTable } from './table.mjs';

const [INT, TEXT] = [short(0x09), short(0x0d)];
const LEAST = -(2n ** 63n);
const MOST = 2n ** 63n - 1n;

/** A table whose rows are numbered, with these tokens. */
function tableOf(tokens: readonly bigint[]): ReplayTable {
  return new ReplayTable({
    keyspace: 'ks',
    name: 't',
    columns: [
      { name: 'id', type: INT },
      { name: 'name', type: TEXT },
    ],
    cells: Buffer.concat(
      tokens.flatMap((_, id) => [cell(int(id)), id % 3 === 0 ? int(-1) : cell(Buffer.from(`n${id}`))]),
    ),
    tokens: BigInt64Array.from(tokens),
  });
}

const asked = { values: [], skipsMetadata: false, pageRows: 0, pagingState: null };

/** The ids of all rows that a statement's pages have. */
function idsOf(select: ReplaySelect, values: Buffer[], pageRows: number): number[] {
  const ids: number[] = [];
  let pagingState: Buffer | null = null;
  do {
    const page: ReturnType<ReplaySelect['page']> = select.page({ ...asked, values, pageRows, pagingState });
    const cells = Buffer.concat(page.cells);
    for (let row = 0; row < page.rows; row++) ids.push(cells.readInt32BE(row * 8 + 4));
    expect(cells.length).toBe(page.rows * 8);
    expect(page.rows).toBeLessThanOrEqual(pageRows);
    ({ pagingState } = page);
  } while (pagingState !== null);
  return ids;
}

describe('reads of a recorded table', () => {
  it('hand over every row once, however the ring is cut and paged', () => {
    const token = fc.bigInt({ min: LEAST + 1n, max: MOST });
    fc.assert(
      fc.property(
        // Rows of one partition have one token.
        fc.array(fc.oneof(token, fc.constantFrom(-1n, 0n, 5n)), { maxLength: 60 }),
        fc.array(token, { maxLength: 6 }),
        fc.integer({ min: 1, max: 20 }),
        (unordered, cuts, pageRows) => {
          const tokens = unordered.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
          const table = tableOf(tokens);
          const select = new ReplaySelect('SELECT id FROM ks.t WHERE token(id) > ? AND token(id) <= ?', () => table);
          const bounds = [LEAST, ...cuts.toSorted((a, b) => (a < b ? -1 : 1)), MOST];
          const ids = bounds
            .slice(1)
            .flatMap((to, at) => idsOf(select, [long(bounds[at] ?? LEAST), long(to)], pageRows));
          expect(ids).toEqual(tokens.map((_, id) => id));
        },
      ),
    );
  });

  it('take the least token as an upper bound for the end of the ring', () => {
    const select = new ReplaySelect(`SELECT id FROM ks.t WHERE token(id) > 2 AND token(id) <= ${LEAST}`, () =>
      tableOf([1n, 2n, 3n, MOST]),
    );
    expect(idsOf(select, [], 10)).toEqual([2, 3]);
  });

  it('answer conditions with the rows that have a value, in the order of the columns asked for', () => {
    const table = tableOf([1n, 2n, 3n, 4n]);
    const select = new ReplaySelect("SELECT name, id FROM ks.t WHERE name IN ('n2', ?)", () => table);
    const { rows, cells } = select.page({ ...asked, values: [Buffer.from('n1')] });
    expect(rows).toBe(2);
    expect(Buffer.concat(cells)).toEqual(
      Buffer.concat([cell(Buffer.from('n1')), cell(int(1)), cell(Buffer.from('n2')), cell(int(2))]),
    );
    expect(select.markers.map(({ name }) => name)).toEqual(['name']);
  });

  it('stop at a limit', () => {
    const select = new ReplaySelect('SELECT id FROM ks.t LIMIT 3', () => tableOf([1n, 2n, 3n, 4n]));
    expect(idsOf(select, [], 2)).toEqual([0, 1, 2]);
  });

  it('refuse a column that was not recorded', () => {
    expect(() => new ReplaySelect('SELECT no FROM ks.t', () => tableOf([1n]))).toThrow('t has no column no');
  });
});
