import { asyncBufferFromFile, parquetMetadataAsync, parquetRead } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { dataFile } from './files.mjs';

/** Flights in the data file. */
export const MAX_FLIGHTS = 3_000_000;

/**
 * @typedef {object} Flight
 * @property {number} sequence  Its index in the data file: keeps otherwise identical flights apart.
 * @property {Date} departs  To the minute, as UTC; the file states no time zone.
 * @property {string} day  `YYYY-MM-DD` of `departs`.
 * @property {number} delay  Minutes; negative is early.
 * @property {number} distance  Miles.
 * @property {string} origin
 * @property {string} destination
 * @property {string[]} tags
 */

/** Flights per slice: few enough for memory, enough for long batches of each partition. */
const SLICE_ROWS = 50_000;

/** @typedef {import('hyparquet').ColumnData} Chunk  Values of one column; its rows are counted over the whole file. */

const COLUMNS = ['date', 'delay', 'distance', 'origin', 'destination'];

/**
 * The first flights of the data file, in its order (by departure). Holds the columns of one row group in memory at a
 * time.
 * @param {number} limit  At most MAX_FLIGHTS.
 * @returns {AsyncGenerator<Flight[]>}
 */
export async function* flightSlices(limit) {
  const file = await asyncBufferFromFile(dataFile('flights-3m.parquet'));
  const metadata = await parquetMetadataAsync(file);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = Math.min(rowStart + Number(group.num_rows), limit);
    if (rowEnd <= rowStart) return;
    /** @type {Map<string, Chunk[]>} */
    const chunks = new Map(COLUMNS.map((name) => [name, []]));
    const onChunk = (/** @type {Chunk} */ chunk) => void chunks.get(chunk.columnName)?.push(chunk);
    await parquetRead({ file, metadata, compressors, columns: COLUMNS, rowStart, rowEnd, onChunk });
    for (let from = rowStart; from < rowEnd; from += SLICE_ROWS) {
      yield sliceOf(chunks, from, Math.min(from + SLICE_ROWS, rowEnd));
    }
    rowStart = rowEnd;
  }
}

/**
 * @param {Map<string, Chunk[]>} chunks  By column name.
 * @param {number} from  The first flight's index in the data file.
 * @param {number} to  Not included.
 */
function sliceOf(chunks, from, to) {
  const [date = [], delay = [], distance = [], origin = [], destination = []] = COLUMNS.map((name) => chunks.get(name));
  return Array.from({ length: to - from }, (_, index) => {
    const at = from + index;
    const record = {
      date: cellAt(date, at),
      delay: cellAt(delay, at),
      distance: cellAt(distance, at),
      origin: cellAt(origin, at),
      destination: cellAt(destination, at),
    };
    return flightOf(record, at);
  });
}

/**
 * @param {Chunk[]} chunks  Of one column.
 * @param {number} at  Place in the data file.
 * @returns {unknown}
 */
function cellAt(chunks, at) {
  const chunk = chunks.find(({ rowStart, rowEnd }) => rowStart <= at && at < rowEnd);
  return chunk?.columnData[at - chunk.rowStart];
}

/**
 * @param {Record<string, unknown>} record  As the Parquet file has it: 64-bit integers are bigints.
 * @param {number} sequence
 * @returns {Flight}
 */
export function flightOf({ date, delay, distance, origin, destination }, sequence) {
  if (
    !(date instanceof Date) ||
    typeof delay !== 'bigint' ||
    typeof distance !== 'bigint' ||
    typeof origin !== 'string' ||
    typeof destination !== 'string'
  ) {
    throw new Error(`flight ${sequence} of the data file is not of the expected shape`);
  }
  const flight = { sequence, departs: date, delay: Number(delay), distance: Number(distance), origin, destination };
  return { ...flight, day: date.toISOString().slice(0, 10), tags: tagsOf(flight) };
}

/**
 * @param {{ delay: number, distance: number }} flight
 * @returns {string[]}
 */
function tagsOf({ delay, distance }) {
  const tags = [];
  if (delay < 0) tags.push('early');
  if (delay >= 15) tags.push('late');
  if (distance < 300) tags.push('short');
  if (distance >= 1500) tags.push('long');
  return tags;
}
