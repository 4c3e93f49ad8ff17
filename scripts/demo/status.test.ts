import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Status, StatusReporter } from './status.mjs';

const status = (rows: number): Status => ({
  state: 'loading',
  keyspace: 'flights',
  table: 'by_route',
  rows,
  total: 200_000,
  rowsPerSecond: 12_345,
  tablesDone: 2,
  tablesTotal: 3,
});

describe('StatusReporter', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ringside-status-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('writes the file immediately, then not again within the interval, and leaves no temporary file', () => {
    const file = join(folder, 'deep', 'demo.json');
    const reporter = new StatusReporter(file, { write: () => true });
    reporter.progress(status(1));
    reporter.progress(status(2));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(status(1));
    reporter.milestone(status(3));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(status(3));
    expect(readdirSync(join(folder, 'deep'))).toEqual(['demo.json']);
  });

  it('rewrites one line on a terminal and writes whole lines elsewhere', () => {
    const terminal: string[] = [];
    const plain: string[] = [];
    new StatusReporter(undefined, { write: (text) => terminal.push(text), isTTY: true }).progress(status(1_000));
    new StatusReporter(undefined, { write: (text) => plain.push(text) }).progress(status(1_000));
    const line = 'demo data: flights.by_route · 1,000 of 200,000 rows · 12,345 rows/s · table 3 of 3';
    expect(terminal).toEqual([`\r\x1b[K${line}`]);
    expect(plain).toEqual([`${line}\n`]);
  });
});
