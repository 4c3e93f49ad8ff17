import { describe, expect, it } from 'vitest';
import { limitsOf, parseArguments } from '@/lib/terminal/arguments';
import { csvOptions, parquetOptions } from '@/lib/terminal/format-options';
import { parseColumns, parseKeyspace, parseTableName } from '@/lib/terminal/names';
import { DEFAULT_OPTIONS, type ExportChoices } from './export-request';
import { terminalCommand } from './terminal';
import { wordsOf } from './test-shell';

/** What the terminal makes of the command, as a shell hands it over. */
function given(command: string | null) {
  const [name, ...args] = wordsOf(command ?? '');
  expect(name).toBe('ringside');
  const parsed = parseArguments(args, '0');
  if (parsed.kind !== 'export') throw new Error(`no export: ${JSON.stringify(parsed)}`);
  return parsed.given;
}

const table: ExportChoices = {
  source: {
    kind: 'table',
    keyspace: 'My Keys',
    table: 'flights',
    filters: [],
    filtering: false,
    columns: ['Delay', 'a,b', 'day'],
  },
  format: 'csv',
  options: {
    ...DEFAULT_OPTIONS,
    compression: 'gzip',
    csv: { delimiter: '\t', header: false, nullText: "it's \\N", formulaSafe: true },
    extras: { ttl: true, writetime: false },
    limits: { maxRowsPerSecond: 5_000, maxBytesPerSecond: 1_048_576, maxConcurrency: 2 },
  },
  consistency: 'QUORUM',
};

describe('the terminal command of an export', () => {
  it('is read by the terminal as the same export of a table', () => {
    const plan = { where: "origin = 'it''s'", statement: '', filtering: 'allowed' } as const;
    const request = given(terminalCommand('my cluster', table, 'download', plan));
    expect(parseTableName(request.table ?? '', undefined)).toEqual({ keyspace: 'My Keys', table: 'flights' });
    expect(parseColumns(request.columns ?? '')).toEqual(['Delay', 'a,b', 'day']);
    expect(csvOptions(request)).toEqual(table.options.csv);
    expect(limitsOf(request)).toEqual(table.options.limits);
    expect(request).toMatchObject({
      cluster: 'my cluster',
      where: "origin = 'it''s'",
      allowFiltering: true,
      format: 'csv',
      compression: 'gzip',
      output: 'My_Keys.flights.csv.gz',
      consistency: 'QUORUM',
      ttl: true,
      writetime: false,
    });
  });

  it('is read by the terminal as the same export of a statement, a job as a directory', () => {
    const statement = 'SELECT "a" FROM t\nLIMIT 3 -- $HOME';
    const parquet = { decimal: 4, varint: 'decimal', compression: 'none' } as const;
    const choices: ExportChoices = {
      source: { kind: 'statement', statement, keyspace: 'My Keys' },
      format: 'parquet',
      options: { ...table.options, parquet },
      consistency: null,
    };
    const request = given(terminalCommand('demo', choices, 'job', { where: null, statement, filtering: null }));
    expect(parseKeyspace(request.keyspace ?? '')).toBe('My Keys');
    expect(parquetOptions(request)).toEqual(parquet);
    expect(request).toMatchObject({ query: statement, format: 'parquet', output: 'query/', ttl: false });
    expect(request.compression).toBeUndefined();
  });

  it('hands over the statement where filters are more than conditions', () => {
    const filters = [{ column: 'v', operator: 'ANN OF', value: [1, 2], limit: 3 }] as const;
    const source = { kind: 'table', keyspace: 'k', table: 't', filters, filtering: false, columns: null } as const;
    const statement = 'SELECT * FROM k.t ORDER BY v ANN OF [1, 2] LIMIT 3';
    const plan = { where: null, statement, filtering: null };
    const request = given(terminalCommand('demo', { ...table, source, options: DEFAULT_OPTIONS }, 'download', plan));
    expect(request).toMatchObject({ query: statement });
    expect(request.table).toBeUndefined();
    expect(terminalCommand('demo', { ...table, source }, 'download', plan)).toBeNull();
  });

  it('leaves out what is usual', () => {
    const source = { kind: 'table', keyspace: 'k', table: 't', filters: [], filtering: false, columns: null } as const;
    const command = terminalCommand(
      'demo',
      { source, format: 'csv', options: DEFAULT_OPTIONS, consistency: null },
      'disk',
      { where: null, statement: '', filtering: null },
    );
    expect(command).toBe('ringside export k.t \\\n  --format csv -o k.t.csv \\\n  --cluster demo \\\n  --formula-safe');
  });
});
