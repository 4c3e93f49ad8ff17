import { mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { findSubmit } from './find-submit';
import { sparkHome } from './test-homes';
import { unfitSubmit } from './version-of';

const folder = mkdtempSync(join(tmpdir(), 'ringside-version-'));
const BANNER = (spark: string, scala: string) =>
  `Welcome to\n   /___/ .__/\\_,_/_/ /_/\\_\\   version ${spark}\n\nUsing Scala version ${scala}, OpenJDK 64-Bit Server VM, 17.0.15`;

let homes = 0;
async function unfit(spark: Parameters<typeof sparkHome>[1]): Promise<string | null> {
  homes++;
  const submit = findSubmit({ env: { SPARK_HOME: sparkHome(join(folder, String(homes)), spark) }, data: folder });
  if (submit === null) throw new Error('no spark-submit');
  return unfitSubmit(submit);
}

describe('the version of a spark-submit', () => {
  it.each([
    ['3.5.9 by its jars', { jar: 'spark-core_2.12-3.5.9.jar' }],
    ['3.5 of a vendor', { jar: 'spark-core_2.12-3.5.0-amzn-0.jar' }],
    ['3.5 by what it prints', { says: BANNER('3.5.1', '2.12.18') }],
    ['unknown', {}],
  ])('may start jobs: %s', async (_, spark) => {
    expect(await unfit(spark)).toBeNull();
  });

  it.each([
    ['Spark 4.1.4 built with Scala 2.13', { jar: 'spark-core_2.13-4.1.4.jar' }],
    ['Spark 3.5.9 built with Scala 2.13', { jar: 'spark-core_2.13-3.5.9.jar' }],
    ['Spark 3.50.0 built with Scala 2.12', { jar: 'spark-core_2.12-3.50.0.jar' }],
    ['Spark 3.4.4 built with Scala 2.12', { jar: 'spark-core_2.12-3.4.4.jar' }],
    ['Spark 4.0.2 built with Scala 2.13', { says: BANNER('4.0.2', '2.13.16') }],
  ])('may not: %s', async (version, spark) => {
    expect(await unfit(spark)).toMatch(new RegExp(`spark-submit is ${version}\\. .*made for Spark 3\\.5`));
  });

  it('is that of the Spark that a link leads to', async () => {
    const home = sparkHome(join(folder, 'linked'), { jar: 'spark-core_2.13-4.1.4.jar' });
    symlinkSync(join(home, 'bin', 'spark-submit'), join(folder, 'spark-submit'));
    expect(await unfitSubmit({ path: join(folder, 'spark-submit'), env: {} })).toContain('Spark 4.1.4');
  });

  it('is asked for without Ringside’s settings', async () => {
    vi.stubEnv('RINGSIDE_VERSION', '4.1.4');
    expect(await unfit({ says: 'version $RINGSIDE_VERSION' })).toBeNull();
    vi.unstubAllEnvs();
  });
});
