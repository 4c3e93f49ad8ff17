import { describe, expect, it } from 'vitest';
import { planRun } from './plan-run';
import { settingsOf } from './run';

/** What a command changes for the statement after it. */
const NOTHING = {};

function runAfter(command: string) {
  const settings = { keyspace: 'tab', consistency: null, pageRows: null, trace: false };
  const context = { at: '2026-11-29T10:42:13Z', charactersAfter: 0, files: new Map([['f.cql', null]]), earlier: [] };
  const run = planRun('r', 'd', { text: `${command};\nSELECT * FROM t`, start: 0 }, settings, context);
  const [first, last] = [run?.steps[0], run?.steps.at(-1)];
  if (run === undefined || first === undefined || last === undefined) throw new Error('no statement');
  return { first, last, settings: settingsOf(run, last) };
}

describe('each form of cqlsh', () => {
  it.each([
    ['USE ks', 'names without a keyspace are sent with ks before them', { keyspace: null }],
    ['CONSISTENCY', 'Consistency level: the cluster’s default.', NOTHING],
    ['CONSISTENCY EACH_QUORUM', 'Consistency level: EACH_QUORUM.', { consistency: 'EACH_QUORUM' }],
    ['SERIAL CONSISTENCY', 'Serial consistency level: the cluster’s default.', NOTHING],
    ['SERIAL CONSISTENCY SERIAL', 'Serial consistency level: SERIAL.', { serialConsistency: 'SERIAL' }],
    ['PAGING', 'Rows per page: the cluster’s default.', NOTHING],
    ['PAGING ON', 'Rows per page: 100 rows.', { pageRows: 100 }],
    ['PAGING 500', 'Rows per page: 500 rows.', { pageRows: 500 }],
    ['PAGING OFF', 'Ringside always reads page by page.', { pageRows: 10_000 }],
    ['TRACING', 'Tracing is off.', NOTHING],
    ['TRACING ON', 'Tracing is on.', { trace: true }],
    ['EXPAND', 'Rows are shown in a grid.', NOTHING],
    ['EXPAND ON', 'Rows are shown one below the other, as records.', NOTHING],
    ["SOURCE 'f.cql'", 'f.cql was not opened: skipped.', NOTHING],
    ["COPY t TO 'f.csv' WITH HEADER = true", 'The exports page writes this file', NOTHING],
    ["COPY t (a, b) FROM 'f.csv'", 'Ringside cannot load files yet', NOTHING],
    ['SHOW HOST', 'SHOW means something in the shell only: skipped. The release', NOTHING],
    ["CAPTURE 'f.txt'", 'CAPTURE means something in the shell only: skipped. Each result can be exported.', NOTHING],
    ['LOGIN me', 'LOGIN means something in the shell only: skipped. Ringside connects', NOTHING],
    ['HELP SELECT', 'HELP means something in the shell only: skipped.', NOTHING],
    ['? SELECT', 'HELP means something in the shell only: skipped.', NOTHING],
    ['CLEAR', 'CLEAR means something in the shell only: skipped.', NOTHING],
    ['CLS', 'CLS means something in the shell only: skipped.', NOTHING],
    ['DEBUG', 'DEBUG means something in the shell only: skipped.', NOTHING],
    ['HISTORY', 'HISTORY means something in the shell only: skipped.', NOTHING],
    ['ELAPSED', 'ELAPSED means something in the shell only: skipped.', NOTHING],
  ])('%s is not sent: “%s”', (command, note, changed) => {
    const { first, last, settings } = runAfter(command);
    expect(first.state).toMatchObject({ status: 'noted', note: expect.stringContaining(note) });
    expect(last.state.status).toBe('running');
    expect(settings).toEqual({ keyspace: 'tab', consistency: null, pageRows: null, trace: false, ...changed });
  });

  it.each(['EXIT', 'QUIT'])('%s ends the script', (command) => {
    const { first, last } = runAfter(command);
    expect(first.state).toMatchObject({ status: 'noted', note: 'The script ends here.' });
    expect(last.state.status).toBe('noted');
  });

  it.each(['DESCRIBE TABLES', 'DESC TABLE t', 'DESCRIBE CLUSTER'])('%s is sent, as it stands', (statement) => {
    const { first } = runAfter(statement);
    expect(first).toMatchObject({ text: statement, state: { status: 'running' } });
  });

  it.each([
    ['CONSISTENCY MOST', 'It is written: CONSISTENCY [ANY |'],
    ['SERIAL CONSISTENCY QUORUM', 'It is written: SERIAL CONSISTENCY ['],
    ['PAGING MAYBE', 'It is written: PAGING [ON | OFF | rows]'],
    ['TRACING 1', 'It is written: TRACING [ON | OFF]'],
    ['SOURCE f.cql', "It is written: SOURCE 'file'"],
    ['COPY t', "It is written: COPY table [(columns)] TO | FROM 'file'"],
    ['USE', 'It is written: USE keyspace'],
  ])('%s fails with its form: “%s”', (command, message) => {
    const { first, last } = runAfter(command);
    expect(first.state).toMatchObject({ outcome: 'failed', error: { message: expect.stringContaining(message) } });
    expect(last.state.status).toBe('not_run');
  });
});
