import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findSubmit, ownEnvironment } from './find-submit';
import { sparkHome } from './test-homes';

const folder = mkdtempSync(join(tmpdir(), 'ringside-submit-'));

const home = (name: string) => sparkHome(join(folder, name));

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
