import { mix, mixed } from './mixed.mjs';

/**
 * A benchmark table: every row is computed from its index.
 * @typedef {object} Shape
 * @property {Record<string, string>} columns name to CQL type, the key first
 * @property {string} primaryKey
 * @property {number} rows by default
 * @property {(cells: import('../../embedded/index.mjs').CellWriter, index: number) => void} write
 */

/** Text that does not compress away: six bits of information per byte. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const noise = Buffer.from(Uint8Array.from({ length: 1 << 20 }, (_, at) => ALPHABET.charCodeAt(mix(at, 20) & 63)));

/** @param {number} bytes @param {number} index @returns {Buffer} */
function textOf(bytes, index) {
  const text = Buffer.allocUnsafe(bytes);
  // A different start for every row, so that no two are alike.
  let from = mix(index, 21) % noise.length;
  for (let at = 0; at < bytes; ) {
    at += noise.copy(text, at, from, Math.min(noise.length, from + bytes - at));
    from = 0;
  }
  return text;
}

/** Rows of one large cell. @param {number} bytes @param {number} rows @returns {Shape} */
function cellsOf(bytes, rows) {
  return {
    columns: { id: 'bigint', body: 'text' },
    primaryKey: '(id)',
    rows,
    write(cells, index) {
      cells.bigint(index);
      cells.blob(textOf(bytes, index));
    },
  };
}

const WIDE_TYPES = ['int', 'text', 'double', 'bigint', 'boolean'];

/** @param {number} count @returns {Shape} */
function columnsOf(count) {
  const names = Array.from({ length: count - 1 }, (_, column) => `c${String(column + 1).padStart(3, '0')}`);
  return {
    columns: { id: 'bigint', ...Object.fromEntries(names.map((name, at) => [name, WIDE_TYPES[at % 5] ?? 'int'])) },
    primaryKey: '(id)',
    rows: 20_000,
    write(cells, index) {
      cells.bigint(index);
      for (let at = 0; at < names.length; at++) wideCell(cells, at, mix(index, 100 + at));
    },
  };
}

/**
 * @param {import('../../embedded/index.mjs').CellWriter} cells
 * @param {number} at
 * @param {number} hash
 */
function wideCell(cells, at, hash) {
  if (hash % 10 === 0) return cells.unset();
  switch (at % 5) {
    case 0:
      return cells.int(hash | 0);
    case 1:
      return cells.text(hash.toString(36));
    case 2:
      return cells.double(hash / 7);
    case 3:
      return cells.bigint(hash * 1_009);
    default:
      return cells.boolean((hash & 1) === 1);
  }
}

/** @type {Readonly<Record<string, Shape>>} */
export const SHAPES = {
  mixed,
  cells_1kb: cellsOf(1_024, 200_000),
  cells_100kb: cellsOf(100 * 1_024, 4_000),
  cells_10mb: cellsOf(10 * 1_024 * 1_024, 40),
  wide_500: columnsOf(500),
};

/**
 * The shape named by the start of a table's name: `mixed`, `mixed_10m`.
 * @param {string} table
 * @returns {Shape | undefined}
 */
export function shapeOf(table) {
  const name = Object.keys(SHAPES).find((shape) => table === shape || table.startsWith(`${shape}_`));
  return name === undefined ? undefined : SHAPES[name];
}
