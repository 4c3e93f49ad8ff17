import { field, jsonLines } from './ndjson.mjs';
import { ok, refused, wrong } from './outcome.mjs';
import { KEYSPACE } from './tables.mjs';
import { ask, textOf } from './wire.mjs';

/**
 * @typedef {import('./outcome.mjs').Outcome} Outcome
 * @typedef {import('./tables.mjs').SoakTable} SoakTable
 * @typedef {import('./wire.mjs').Target} Target
 */

const NEWLINE = 0x0a;

/** Errors that an overloaded server or a busy node may return. */
const MAY_REFUSE = new Set(['overloaded', 'request_timeout', 'read_timeout', 'cluster_unreachable']);

/**
 * @param {import('node:http').IncomingMessage} answer an error response
 * @returns {Promise<Outcome>}
 */
export async function outcomeOfError(answer) {
  const text = await textOf(answer);
  const code = /"code":"([a-z_]+)"/.exec(text)?.[1];
  const note = `${answer.statusCode} ${code ?? text.slice(0, 120)}`;
  const isExpected = code !== undefined && MAY_REFUSE.has(code);
  return isExpected ? refused(note) : wrong(note);
}

/**
 * Reads rows of a table and compares each with what was written. @param {Target} target @param {SoakTable} table
 * @param {{ pageRows: number, maxPages: number, takeRows?: number }} how `takeRows`: leaves after that many
 * @param {AbortSignal} signal
 * @returns {Promise<Outcome>}
 */
export async function readRows(target, table, { pageRows, maxPages, takeRows = Number.POSITIVE_INFINITY }, signal) {
  const path = `/api/clusters/soak/tables/${KEYSPACE}/${table.name}/rows?pageRows=${pageRows}&maxPages=${maxPages}`;
  const answer = await ask(target, { path }, signal);
  if (answer.statusCode !== 200) return outcomeOfError(answer);
  /** @type {Set<number>} */
  const ids = new Set();
  for await (const frame of jsonLines(answer)) {
    if (Array.isArray(frame)) {
      const fault = faultOf(table, frame, ids);
      if (fault !== null) return wrong(fault);
      if (ids.size >= takeRows) {
        answer.destroy();
        return ok();
      }
      continue;
    }
    const error = field(frame, 'error');
    if (error !== undefined) {
      const code = String(field(error, 'code'));
      return MAY_REFUSE.has(code)
        ? refused(`after the first row: ${code}`)
        : wrong(`${code}: ${field(error, 'message')}`);
    }
    const end = field(frame, 'end');
    if (end !== undefined) return outcomeOfEnd(table, { end, maxPages, rows: ids.size });
  }
  return wrong(`a stream of ${ids.size} rows has no end frame`);
}

/**
 * @param {SoakTable} table
 * @param {{ end: unknown, maxPages: number, rows: number }} read
 */
function outcomeOfEnd(table, { end, maxPages, rows }) {
  if (field(end, 'rows') !== rows) return wrong(`the end frame says ${field(end, 'rows')} rows, ${rows} arrived`);
  const isWhole = field(end, 'next') === null;
  if (isWhole && rows !== table.rows) return wrong(`complete with ${rows} of ${table.rows} rows`);
  return maxPages === 0 && !isWhole ? wrong('read to the end, but more is left') : ok();
}

/**
 * @param {SoakTable} table
 * @param {readonly import('./ndjson.mjs').Json[]} row
 * @param {Set<number>} ids those seen so far
 * @returns {string | null}
 */
function faultOf(table, row, ids) {
  const [id] = row;
  if (typeof id !== 'number' || id < 0 || id >= table.rows) return `a row with the id ${JSON.stringify(id)}`;
  if (ids.has(id)) return `row ${id} arrived twice`;
  ids.add(id);
  const expected = table.row(id);
  const isSame = row.length === expected.length && row.every((value, index) => value === expected[index]);
  return isSame ? null : `row ${id} differs from what was written`;
}

/**
 * Exports a table and compares each row with what was written. @param {Target} target @param {SoakTable} table
 * @param {{ stallMs?: number, leaveAfterBytes?: number }} how a reader that pauses once, or leaves
 * @param {AbortSignal} signal
 * @returns {Promise<Outcome>}
 */
export async function exportTable(target, table, { stallMs = 0, leaveAfterBytes = Number.POSITIVE_INFINITY }, signal) {
  const asked = { keyspace: KEYSPACE, table: table.name, format: 'ndjson' };
  const path = `/api/clusters/soak/export?request=${encodeURIComponent(JSON.stringify(asked))}`;
  const answer = await ask(target, { path }, signal);
  if (answer.statusCode !== 200) return outcomeOfError(answer);
  /** @type {Set<number>} */
  const ids = new Set();
  for await (const row of jsonLines(paced(answer, { stallMs, leaveAfterBytes }, signal))) {
    const values = typeof row === 'object' && row !== null ? Object.values(row) : [];
    const fault = faultOf(table, values, ids);
    if (fault !== null) return wrong(fault);
  }
  if (answer.destroyed && leaveAfterBytes < Number.POSITIVE_INFINITY) return ok();
  return ids.size === table.rows ? ok() : wrong(`a complete file with ${ids.size} of ${table.rows} rows`);
}

/**
 * @param {import('node:http').IncomingMessage} answer
 * @param {{ stallMs: number, leaveAfterBytes: number }} how
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<Uint8Array>}
 */
async function* paced(answer, { stallMs, leaveAfterBytes }, signal) {
  let bytes = 0;
  for await (const chunk of answer) {
    if (bytes === 0 && stallMs > 0) {
      answer.pause();
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, stallMs);
        signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true });
      });
    }
    bytes += chunk.length;
    if (bytes >= leaveAfterBytes) {
      answer.destroy();
      // Only up to the end of a line, so that the line reader sees whole lines.
      return yield chunk.subarray(0, chunk.lastIndexOf(NEWLINE) + 1);
    }
    yield chunk;
  }
}
