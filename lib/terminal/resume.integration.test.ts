import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODES } from '@/lib/cassandra/test-ring';
import { insertAll, testBed } from '@/lib/cassandra/test-support';
import { until } from '@/scripts/support/until.mjs';
import { type Running, run, start } from './test-command';

const ROWS = 6_000;
const { plain } = testBed(['ringside_resume'], ['CREATE TABLE ringside_resume.rows (id int PRIMARY KEY, name text)']);
const folder = mkdtempSync(join(tmpdir(), 'ringside-resume-'));
const CLUSTER = ['--contact-points', NODES.join(','), '--consistency', 'QUORUM'];
const TABLE = ['export', 'ringside_resume.rows', ...CLUSTER];
/** Slow enough to be killed in the middle. */
const SLOWLY = ['--page-rows', '50', '--max-rows-per-second', '200'];
const expected = Array.from({ length: ROWS }, (_, id) => `${id},row ${id}`).sort();

beforeAll(() =>
  insertAll(
    plain,
    'INSERT INTO ringside_resume.rows (id, name) VALUES (?, ?)',
    expected.map((line) => [Number(line.split(',')[0]), line.split(',')[1]]),
  ),
);
afterAll(() => rmSync(folder, { recursive: true }));

const rowsOf = (path: string) =>
  readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '' && line !== 'id,name')
    .sort();

/** Waits until it has written rows and a checkpoint. */
async function begun({ child, ended }: Running, path: string): Promise<void> {
  const hasBegun = () => child.exitCode !== null || (existsSync(path) && statSync(path).size > 0);
  expect(await until(hasBegun, { timeoutMs: 60_000, everyMs: 50 }), 'it has begun').toBe(true);
  if (child.exitCode !== null) throw new Error((await ended).stderr);
}

describe('a file', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    'ended by %s resumes without losing or repeating a row',
    async (signal) => {
      const path = join(folder, `${signal}.csv`);
      const running = start([...TABLE, ...SLOWLY, '-o', path]);
      await begun(running, `${path}.partial.checkpoint`);
      running.child.kill(signal);
      const ended = await running.ended;
      if (signal === 'SIGKILL') expect(ended).toMatchObject({ code: null, signal });
      else
        expect(ended).toMatchObject({
          code: signal === 'SIGINT' ? 130 : 143,
          stderr: expect.stringContaining('--resume'),
        });
      expect(existsSync(path)).toBe(false);
      expect(rowsOf(`${path}.partial`).length).toBeLessThan(ROWS);

      const refused = await run(...TABLE, '-o', path);
      expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--resume') });
      const again = await run(...TABLE, '-o', path, '--resume');
      expect(again, again.stderr).toMatchObject({ code: 0, stderr: expect.stringContaining('complete: 6,000 rows') });
      expect(rowsOf(path)).toEqual(expected);
      expect(readdirSync(folder).filter((name) => name.startsWith(`${signal}.csv.`))).toEqual([]);
    },
  );

  it('does not resume after changed bytes, nor as another export', async () => {
    const path = join(folder, 'other.csv');
    const running = start([...TABLE, ...SLOWLY, '-o', path]);
    await begun(running, `${path}.partial.checkpoint`);
    running.child.kill('SIGKILL');
    await running.ended;
    const other = await run(...TABLE, '-o', path, '--resume', '--columns', 'id');
    expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining('✗') });
    const semicolon = await run(...TABLE, '-o', path, '--resume', '--delimiter', ';');
    expect(semicolon).toMatchObject({ code: 1, stderr: expect.stringContaining('another format') });
    rmSync(`${path}.partial`);
    const fresh = await run(...TABLE, '-o', path, '--resume');
    expect(fresh, fresh.stderr).toMatchObject({ code: 0 });
    expect(rowsOf(path)).toEqual(expected);
  });

  it('is written by one process at a time', async () => {
    const path = join(folder, 'twice.csv');
    const running = start([...TABLE, '--page-rows', '50', '--max-rows-per-second', '40', '-o', path]);
    await begun(running, `${path}.partial.checkpoint`);
    const second = await run(...TABLE, '-o', path, '--resume');
    expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining(`is writing into ${path}`) });
    running.child.kill('SIGINT');
    expect((await running.ended).code).toBe(130);
    expect(existsSync(`${path}.partial.lock`)).toBe(false);
  });

  it('that cannot be resumed is refused before anything is read', async () => {
    const ended = await run(...TABLE, '-o', join(folder, 'a.parquet'), '--resume');
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('-o DIR/') });
  });
});

describe('a directory', () => {
  it.each(['csv', 'parquet'])('of %s, killed, resumes to the same rows', async (format) => {
    const path = join(folder, `parts-${format}`);
    const line = [...TABLE, '-o', `${path}/`, '-f', format];
    const running = start([...line, ...SLOWLY]);
    await begun(running, join(path, 'checkpoint.json'));
    const hasRows = () => readdirSync(path).some((name) => name.startsWith('part-'));
    await until(hasRows, { timeoutMs: 60_000, everyMs: 50 });
    running.child.kill('SIGKILL');
    await running.ended;
    expect(await run(...line)).toMatchObject({ code: 2, stderr: expect.stringContaining('--resume') });
    const again = await run(...line, '--resume');
    expect(again, again.stderr).toMatchObject({ code: 0 });
    const manifest = JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ isComplete: true, rows: ROWS });
    if (format !== 'csv') return;
    const parts: { name: string }[] = manifest.parts;
    expect(parts.flatMap(({ name }) => rowsOf(join(path, name))).sort()).toEqual(expected);
  });
});

describe('standard output', () => {
  it('that nobody reads does not keep Ctrl-C from ending it', async () => {
    const running = start([...TABLE, '-f', 'json']);
    running.child.stdout.pause();
    // Once the first rows have arrived, the pipe fills quickly.
    await new Promise((resolve) => running.child.stdout.once('readable', resolve));
    running.child.kill('SIGINT');
    running.child.stdout.resume();
    const { code, signal } = await running.ended;
    expect([code, signal]).toEqual(expect.arrayContaining([expect.toBeOneOf([130, 'SIGINT'])]));
  });
});
