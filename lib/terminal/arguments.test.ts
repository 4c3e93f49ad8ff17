import { describe, expect, it } from 'vitest';
import { limitsOf, parseArguments } from './arguments';
import { csvOptions, parquetOptions } from './format-options';
import { UsageError } from './usage';

const read = (line: string[]) => parseArguments(line, '9.9.9');

function exported(...line: string[]) {
  const command = read(['export', ...line]);
  if (command.kind !== 'export') throw new Error(`this is ${command.kind}`);
  return command.given;
}

describe('the command line', () => {
  it('has a default for everything except what to read', () => {
    expect(exported('ks.t')).toEqual({
      table: 'ks.t',
      output: '-',
      header: true,
      resume: false,
      force: false,
      quiet: false,
      formulaSafe: false,
      ttl: false,
      writetime: false,
      allowFiltering: false,
    });
  });

  it.each([
    [['--format', 'parquet'], { format: 'parquet' }],
    [['-f', 'cql', '-o', 'x.cql'], { format: 'cql', output: 'x.cql' }],
    [['--consistency', 'quorum'], { consistency: 'QUORUM' }],
    [['--timeout', '2min'], { timeout: 120_000 }],
    [['--timeout', '12'], { timeout: 12_000 }],
    [['--timeout', '500ms'], { timeout: 500 }],
    [['--max-rows-per-second', '20k'], { maxRowsPerSecond: 20_000 }],
    [['--max-bytes-per-second', '1.5M'], { maxBytesPerSecond: 1_500_000 }],
    [['--no-header', '--null', 'NULL'], { header: false, null: 'NULL' }],
    [['--null='], { null: '' }],
    [['--tls-no-verify', '--tls-ca', 'ca.pem'], { tlsNoVerify: true, tlsCa: 'ca.pem' }],
    [['-o', '-'], { output: '-' }],
    [['--page-rows', '50', '--concurrency', '4'], { pageRows: 50, concurrency: 4 }],
  ])('reads %j', (line, expected) => {
    expect(exported('ks.t', ...line)).toMatchObject(expected);
  });

  it.each([
    [['export', 'ks.t', '--format', 'xml'], /csv, ndjson/],
    [['export', 'ks.t', '--colums', 'a'], /--columns/],
    [['export', 'ks.t', 'more'], /too many arguments/],
    [['export', 'ks.t', '--timeout', 'soon'], /--timeout.*30s/],
    [['export', 'ks.t', '--timeout', '1ms'], /--timeout/],
    [['export', 'ks.t', '--max-rows-per-second', '-1'], /--max-rows-per-second/],
    [['export', 'ks.t', '--consistency', 'most'], /LOCAL_QUORUM/],
    [['export', 'ks.t', '--page-rows', '20000'], /pageRows.*10000/],
    [['export', 'ks.t', '--port', '70000'], /port/],
    [['export', 'ks.t', '--columns'], /argument missing/],
    [['count'], /missing required argument 'table'/],
    [['exprot', 'ks.t'], /export/],
    [[], /The command is missing/],
  ])('refuses %j and says why', (line, reason) => {
    expect(() => read(line)).toThrow(UsageError);
    expect(() => read(line)).toThrow(reason);
  });

  it('shows its version and its help', () => {
    expect(read(['--version'])).toEqual({ kind: 'say', text: '9.9.9\n' });
    expect(read(['export', '--help'])).toMatchObject({ kind: 'say', text: expect.stringContaining('--max-rows-per') });
    expect(read(['--help'])).toMatchObject({ kind: 'say', text: expect.stringContaining('count') });
  });

  it('turns its arguments into format options', () => {
    expect(csvOptions(exported('ks.t', '--delimiter', 'tab'))).toMatchObject({ delimiter: '\t', nullText: '' });
    expect(csvOptions(exported('ks.t', '--delimiter', '\\t'))).toMatchObject({ delimiter: '\t' });
    expect(() => csvOptions(exported('ks.t', '--delimiter', 'ab'))).toThrow('--delimiter');
    expect(parquetOptions(exported('ks.t'))).toEqual({ decimal: 'text', varint: 'text', compression: 'snappy' });
    expect(parquetOptions(exported('ks.t', '--decimal', '6', '--varint', 'decimal'))).toMatchObject({ decimal: 6 });
    expect(() => parquetOptions(exported('ks.t', '--decimal', 'exact'))).toThrow('--decimal');
    expect(limitsOf(exported('ks.t', '--concurrency', '3'))).toEqual({ maxConcurrency: 3 });
    expect(() => limitsOf(exported('ks.t', '--concurrency', '999'))).toThrow('256');
  });
});
