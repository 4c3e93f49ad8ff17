/**
 * What a load did, as a table of text.
 * @param {import('./run.mjs').LoadedTable[]} tables
 * @param {number} seconds  For all of it.
 */
export function summary(tables, seconds) {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const lines = [
    ['table', 'rows', 'load s', 'rows/s', 'read back s'],
    ...tables.map(({ keyspace, table, rows, loadMs, verifyMs }) => [
      `${keyspace}.${table}`,
      grouped(rows),
      (loadMs / 1_000).toFixed(1),
      grouped((rows * 1_000) / loadMs),
      (verifyMs / 1_000).toFixed(1),
    ]),
    ['all', grouped(rows), seconds.toFixed(1), grouped(rows / seconds), ''],
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((text, column) => pad(text, widths[column] ?? 0, column === 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** @param {number} value */
function grouped(value) {
  return Math.round(value).toLocaleString('en');
}

/**
 * @param {string} text
 * @param {number} width
 * @param {boolean} left
 */
function pad(text, width, left) {
  return left ? text.padEnd(width) : text.padStart(width);
}
