import { CellWriter } from '../../embedded/index.mjs';

const CHUNK_BYTES = 256 * 1024;

/**
 * The rows of a shape as cells, in chunks of whole rows.
 * @param {import('./shapes.mjs').Shape} shape
 * @param {number} rows
 * @returns {Generator<Buffer>}
 */
export function* chunksOf(shape, rows) {
  const cells = new CellWriter();
  for (let index = 0; index < rows; index++) {
    shape.write(cells, index);
    if (cells.length >= CHUNK_BYTES) yield cells.take();
  }
  if (cells.length > 0) yield cells.take();
}
