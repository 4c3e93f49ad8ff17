import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Failure } from '@/lib/failure';
import { type ExportArguments, parseArguments } from './arguments';
import { exitStatus, explainEnd, Interrupted, ReaderGone } from './outcome';
import { fileKind, targetOf } from './target';
import { UsageError } from './usage';

const folder = mkdtempSync(join(tmpdir(), 'ringside-target-'));
afterAll(() => rmSync(folder, { recursive: true }));

function given(...line: string[]): ExportArguments {
  const command = parseArguments(['export', 'ks.t', ...line], '');
  if (command.kind !== 'export') throw new Error(command.kind);
  return command.given;
}

const kindOf = (...line: string[]) => fileKind(given(...line), targetOf(given(...line).output), false);

describe('where an export goes', () => {
  it.each([
    ['-', { kind: 'stdout' }],
    ['out.csv', { kind: 'file', path: 'out.csv' }],
    ['out/', { kind: 'directory', path: 'out' }],
    ['/', { kind: 'directory', path: '/' }],
    [folder, { kind: 'directory', path: folder }],
  ])('%s', (output, target) => expect(targetOf(output)).toEqual(target));

  it.each([
    [[], 'csv', 'none'],
    [['-o', 'x'], 'csv', 'none'],
    [['-o', 'x.PARQUET'], 'parquet', 'none'],
    [['-o', 'x.ndjson.gz'], 'ndjson', 'gzip'],
    [['-o', 'x.jsonl'], 'ndjson', 'none'],
    [['-o', 'x.cql.zst'], 'cql', 'zstd'],
    [['-o', 'x.gz'], 'csv', 'gzip'],
    [['-o', 'x.txt', '-f', 'json', '--compression', 'gzip'], 'json', 'gzip'],
    [['-o', 'x.csv.gz', '--compression', 'none'], 'csv', 'none'],
    [['-o', 'csv.d/'], 'csv', 'none'],
  ])('%j is %s, %s', (line, format, compression) => expect(kindOf(...line)).toEqual({ format, compression }));

  it('is not a terminal for binary data, nor a compressed Parquet file', () => {
    const terminal = (...line: string[]) => fileKind(given(...line), { kind: 'stdout' }, true);
    expect(terminal('-f', 'cql').format).toBe('cql');
    expect(() => terminal('-f', 'parquet')).toThrow(UsageError);
    expect(() => terminal('--compression', 'gzip')).toThrow(UsageError);
    expect(() => kindOf('-o', 'x.parquet.gz')).toThrow('--parquet-compression');
  });
});

describe('the end of a command', () => {
  const failure = new Failure({
    code: 'ranges_failed',
    message: 'Two ranges failed.',
    hint: 'Try again.',
    detail: 'from 1 to 2',
    retryable: true,
  });

  it('has an honest exit status', () => {
    expect(exitStatus(new UsageError('x'))).toBe(2);
    expect(exitStatus(failure)).toBe(1);
    expect(exitStatus(new Error('x'))).toBe(1);
    expect(exitStatus(new Interrupted('SIGINT'))).toBe(130);
    expect(exitStatus(new Interrupted('SIGTERM'))).toBe(143);
    expect(exitStatus(new ReaderGone())).toBe(141);
  });

  it('says what happened, why, and what to do', () => {
    expect(explainEnd(failure, () => ['x.partial is incomplete.'])).toEqual([
      ...['✗ Two ranges failed.', '  │ from 1 to 2', '  → Try again.', '  → x.partial is incomplete.'],
    ]);
    const goesOn = (canGoOn: boolean) => [canGoOn ? '--resume' : 'start over'];
    expect(explainEnd(new Interrupted('SIGINT'), goesOn)).toEqual(['✗ Stopped (SIGINT).', '  → --resume']);
    const truncated = new Failure({ code: 'table_truncated', message: 'Truncated.', retryable: false });
    expect(explainEnd(truncated, goesOn)).toEqual(['✗ Truncated.', '  → start over']);
    expect(explainEnd(new ReaderGone(), () => ['incomplete'])).toEqual([]);
  });
});
