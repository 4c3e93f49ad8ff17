import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {import('./record.mjs').Recording} Recording */

/**
 * Writes a recording into a directory: `recording.json`, and the bytes of each table.
 * @param {string} directory
 * @param {Recording} recording
 */
export function writeRecording(directory, { address, release, tables }) {
  mkdirSync(directory, { recursive: true });
  const about = tables.map(({ keyspace, name, columns, cells, tokens }, index) => {
    writeFileSync(join(directory, `${index}.cells`), cells);
    if (tokens !== null) writeFileSync(join(directory, `${index}.tokens`), new Uint8Array(tokens.buffer));
    const types = columns.map((column) => ({ name: column.name, type: column.type.toString('hex') }));
    return { keyspace, name, columns: types, hasTokens: tokens !== null };
  });
  writeFileSync(join(directory, 'recording.json'), JSON.stringify({ address, release, tables: about }, null, 1));
}

/** @param {string} directory @returns {Recording} */
export function readRecording(directory) {
  /** @type {{ address: string, release: string, tables: { keyspace: string, name: string, columns: { name: string, type: string }[], hasTokens: boolean }[] }} */
  const { address, release, tables } = JSON.parse(readFileSync(join(directory, 'recording.json'), 'utf8'));
  return {
    address,
    release,
    tables: tables.map(({ keyspace, name, columns, hasTokens }, index) => ({
      keyspace,
      name,
      columns: columns.map((column) => ({ name: column.name, type: Buffer.from(column.type, 'hex') })),
      cells: readFileSync(join(directory, `${index}.cells`)),
      tokens: hasTokens ? tokensIn(join(directory, `${index}.tokens`)) : null,
    })),
  };
}

/** @param {string} path */
function tokensIn(path) {
  const bytes = readFileSync(path);
  return new BigInt64Array(new Uint8Array(bytes).buffer);
}
