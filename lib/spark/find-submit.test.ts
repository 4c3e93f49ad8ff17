import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { restArguments } from './by-rest';
import { findSubmit, ownEnvironment } from './find-submit';

const folder = mkdtempSync(join(tmpdir(), 'ringside-submit-'));

/** A spark-submit below a home; only its being there counts. */
function home(name: string): string {
  const bin = join(folder, name, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'spark-submit'), '#!/bin/sh\n');
  chmodSync(join(bin, 'spark-submit'), 0o755);
  return join(folder, name);
}

describe('the spark-submit of a machine', () => {
  const none = { env: {}, data: join(folder, 'no-data') };

  it('is the configured one, even if it is missing, then that of SPARK_HOME, of the set-up and of PATH', () => {
    const [spark, path] = [home('spark'), home('path')];
    const data = join(folder, 'data');
    const own = join(ownEnvironment(data), 'lib', 'python3.11', 'site-packages', 'pyspark');
    const env = { SPARK_HOME: spark, PATH: `/nowhere:${join(path, 'bin')}` };
    expect(findSubmit({ configured: join(folder, 'gone'), env, data })).toBeNull();
    expect(findSubmit({ env, data })).toEqual({ path: join(spark, 'bin', 'spark-submit'), env: { SPARK_HOME: spark } });
    expect(findSubmit({ env: { PATH: env.PATH }, data })?.path).toBe(join(path, 'bin', 'spark-submit'));
    home(own.slice(folder.length + 1));
    expect(findSubmit({ env: { PATH: env.PATH }, data })).toEqual({
      path: join(own, 'bin', 'spark-submit'),
      env: {
        SPARK_HOME: own,
        PYSPARK_PYTHON: join(ownEnvironment(data), 'bin', 'python'),
        SPARK_SUBMIT_OPTS: `-Duser.home=${join(ownEnvironment(data), 'home')}`,
      },
    });
    expect(findSubmit(none)).toBeNull();
  });
});

describe('a submission by REST', () => {
  it('names the master in its own arguments: without it, the driver would run alone', () => {
    const args = restArguments('spark://m:7077', '/shared/job', []);
    expect(args.slice(0, 2)).toEqual(['--master', 'spark://m:7077']);
    expect(args.slice(-3)).toEqual(['/shared/job/job.py', '--events', '/shared/job/events.ndjson']);
  });
});
