import { describe, expect, it } from 'vitest';
import { planRun, type RunContext, sentStatements } from './plan-run';
import { type Run, type RunSettings, settingsOf } from './run';
import { runAge } from './run-age';
import { scriptStanding, scriptWrites, untypedNames } from './script-words';

const SETTINGS: RunSettings = { keyspace: 'tab', consistency: null, pageRows: null, trace: false };
const CONTEXT: RunContext = { at: '2026-11-29T10:42:13Z', charactersAfter: 0, files: new Map(), earlier: [] };

function plan(text: string, context: Partial<RunContext> = {}): Run {
  const run = planRun('r', 'd', { text, start: 0 }, SETTINGS, { ...CONTEXT, ...context });
  if (run === undefined) throw new Error('no statement');
  return run;
}
const sent = (run: Run) => run.steps.filter(({ state }) => state.status !== 'noted').map(({ text }) => text);
const notes = (run: Run) => run.steps.flatMap(({ state }) => (state.status === 'noted' ? [state.note] : []));

describe('a script of cqlsh', () => {
  it('qualifies names after USE, and leaves those before it to the keyspace of the tab', () => {
    const run = plan('SELECT * FROM a; USE "My"; SELECT * FROM b; SELECT * FROM c.d; DESCRIBE TABLES');
    expect(sent(run)).toEqual(['SELECT * FROM a', 'SELECT * FROM "My".b', 'SELECT * FROM c.d', 'DESCRIBE TABLES']);
    expect(run.steps.map((step) => settingsOf(run, step).keyspace)).toEqual(['tab', 'tab', null, null, 'My']);
    expect(run.steps[2]).toMatchObject({ start: 27, written: { text: 'SELECT * FROM b' } });
    expect(run.steps[2]?.classification.table).toEqual({ keyspace: 'My', name: 'b' });
  });

  it('sets what its commands say for the statements after them', () => {
    const run = plan(
      'CONSISTENCY QUORUM\nSERIAL CONSISTENCY LOCAL_SERIAL\nPAGING 250\nTRACING ON\nEXPAND ON\nSELECT 1;\n' +
        'TRACING OFF\nPAGING OFF\nEXPAND OFF\nCONSISTENCY\nSELECT 2;',
    );
    const [first, second] = run.steps.filter(({ state }) => state.status !== 'noted');
    expect(first).toMatchObject({
      settings: { consistency: 'QUORUM', serialConsistency: 'LOCAL_SERIAL', pageRows: 250, trace: true },
      expanded: true,
    });
    expect(second).toMatchObject({ settings: { consistency: 'QUORUM', pageRows: 10_000, trace: false } });
    expect(second?.expanded).toBeUndefined();
    expect(notes(run).at(-1)).toBe('Consistency level: QUORUM.');
    expect(run.settings).toEqual(SETTINGS);
  });

  it('notes what is only the shell’s, fills in an export for COPY TO, and ends at EXIT', () => {
    const run = plan("SHOW VERSION\nLOGIN me 'pw'\nUSE ks; COPY t (a) TO 'f.csv'; COPY t FROM 'g.csv'; EXIT\nSELECT 1");
    expect(sent(run)).toEqual([]);
    expect(notes(run)).toHaveLength(7);
    expect(notes(run)[0]).toContain('SHOW means something in the shell only: skipped.');
    expect(run.steps[3]?.state).toMatchObject({
      copies: { direction: 'TO', table: { keyspace: 'ks', name: 't' }, columns: ['a'] },
    });
    expect(notes(run)[4]).toContain('cannot load files yet');
    expect(notes(run)[6]).toBe('EXIT ended the script before it.');
  });

  it('fails at a command that it does not understand, when its turn comes', () => {
    const run = plan('CONSISTENCY SOME\nSELECT 1');
    expect(run.steps[0]?.state).toMatchObject({ status: 'ended', outcome: 'failed' });
    expect(run.steps[1]?.state).toMatchObject({ status: 'not_run' });
  });

  it('asks for the files that SOURCE names, and runs their statements in its place', () => {
    const asked = plan("USE ks; SOURCE 'a.cql'\nINSERT INTO t (k) VALUES (1)");
    expect(asked).toMatchObject({ question: 'files', missing: ['a.cql'] });
    const nested = new Map([
      ['a.cql', "USE other; SELECT * FROM x; SOURCE 'b.cql'"],
      ['b.cql', null],
    ]);
    const run = plan("USE ks; SOURCE 'a.cql'\nINSERT INTO t (k) VALUES (1)", { files: nested });
    expect(run).toMatchObject({ question: 'writes', missing: [] });
    expect(sent(run)).toEqual(['SELECT * FROM other.x', 'INSERT INTO other.t (k) VALUES (1)']);
    expect(run.steps.find(({ text }) => text.includes('other.x'))).toMatchObject({ file: 'a.cql', start: -1 });
    expect(notes(run)).toContain('b.cql was not opened: skipped.');
    const itself = plan("SOURCE 'a.cql'", { files: new Map([['a.cql', "SOURCE 'a.cql'"]]) });
    expect(notes(itself).at(-1)).toContain('10 deep');
  });

  it('says what it sends, for the types of bind markers', () => {
    expect(sentStatements('SELECT * FROM a; USE ks; UPDATE b SET v = ? WHERE k = 1; PAGING 5\nDESC b', 'tab')).toEqual([
      { text: 'SELECT * FROM a', keyspace: 'tab' },
      { text: 'UPDATE ks.b SET v = ? WHERE k = 1', keyspace: null },
      { text: 'DESC b', keyspace: 'ks' },
    ]);
  });

  it('keeps what ran earlier, unless it is not the same any more', () => {
    const first = plan('SELECT 1; SELECT 2; SELECT 3');
    const earlier = first.steps.slice(0, 1).map((step) => {
      const end = { outcome: 'complete', rows: 1, pages: 1, firstRowMs: 1, elapsedMs: 1, agreement: null } as const;
      return { ...step, state: { status: 'ended', ...end } as const };
    });
    const again = planRun('s', 'd', { text: 'SELECT 1; SELECT two', start: 0 }, SETTINGS, { ...CONTEXT, earlier });
    expect(again?.steps.map(({ id, state }) => [id, state.status])).toEqual([
      ['r/0', 'ended'],
      ['s/1', 'running'],
    ]);
    expect(planRun('s', 'd', { text: 'SELECT one', start: 0 }, SETTINGS, { ...CONTEXT, earlier })).toBeUndefined();
  });
});

describe('what is said of a script', () => {
  const script = plan('INSERT INTO a (k) VALUES (1); DROP TABLE b; TRUNCATE b; SELECT 1; INSERT INTO a (k) VALUES (2)');

  it('lists its writes by kind, and the names to type once each', () => {
    const { steps, counts, names } = scriptWrites(script);
    expect(steps).toHaveLength(4);
    expect(counts).toBe('2 INSERT, 1 DROP TABLE, 1 TRUNCATE');
    expect(names).toEqual(['b']);
    expect(untypedNames(['b', 'C d'], ' b \n')).toEqual(['C d']);
    expect(untypedNames(['b', 'C d'], 'C d\nb')).toEqual([]);
  });

  it('counts how its statements stand', () => {
    expect(scriptStanding(script)).toBe('0 ran, 5 waiting · 0 ms');
    const failed = plan('CONSISTENCY SOME\nSELECT 1');
    expect(scriptStanding(failed)).toBe('0 ran, 1 failed, 1 did not run · 0 ms');
  });

  it('tells an edit that changes what ran from one that does not', () => {
    const of = (text: string, id = 'd') => runAge(plan('SELECT a FROM t; SELECT b FROM t'), { id, text });
    expect(of('SELECT a FROM t; SELECT b FROM t')).toBeNull();
    expect(of('-- a note\nSELECT a FROM t;\n\nSELECT b FROM t;\nSELECT c FROM t')).toBeNull();
    expect(of('SELECT a FROM t; SELECT c FROM t')).toBe('before your last edit.');
    expect(of('SELECT a FROM t; SELECT b FROM t', 'other')).toBe('from another tab.');
  });
});
