import { describe, expect, it } from 'vitest';
import { type Pace, propertiesText, settingsOf, submitArguments, submitCommand } from './command';
import { coresOf, estimateOf } from './estimate';
import { copyScript, exportScript, loadScript } from './script';
import { prose, python } from './script-parts';
import { tableOf } from './test-tables';

const ABOUT = { ringside: '1.2.3', accepted: ['price'] };
const SOURCE = { keyspace: 'shop', table: 'orders', condition: "`state` = 'a\"b'", pushdown: false };
const TABLE = tableOf(['id uuid', 'photo blob', 'tags set<text>', 'odd"name text'], 1);

describe('the script of an export', () => {
  const script = exportScript({ source: SOURCE, columns: TABLE.columns, format: 'csv', target: 'files' }, ABOUT);

  it('names what it reads, and how each column is written', () => {
    expect(script).toContain('KEYSPACE = "shop"\nTABLE = "orders"');
    expect(script).toContain('CONDITION = "`state` = \'a\\"b\'"');
    expect(script).toContain('PUSHDOWN = False');
    expect(script).toContain("concat('0x', lower(hex(`photo`))) AS `photo`");
    expect(script).toContain('to_json(`tags`) AS `tags`');
    expect(script).toContain('"`odd\\"name`"');
  });

  it('keeps spaces and quotes of text as they are', () => {
    expect(script).toContain('"ignoreLeadingWhiteSpace": "false"');
    expect(script).toContain('"escape": \'"\'');
  });

  it('is complete only when what was observed was read back, and says so by its status', () => {
    expect(script).toContain('is_complete = written is not None and written == found');
    expect(script).toContain('sys.exit(0 if isComplete else 3)');
    expect(script.indexOf('write_text(spark, TARGET + "/manifest.json"')).toBeGreaterThan(
      script.indexOf('step(spark, "read back")'),
    );
    expect(script).toContain('ACCEPTED = ["price"]');
  });

  it('says which Spark it needs before it reads anything', () => {
    expect(script).toContain('WORKS_WITH = ["3.5", "2.12"]');
    expect(script).toMatch(/check_versions\(spark\)\n {8}isComplete = main\(spark\)/);
  });

  it('leaves collections and bytes to Parquet’s own types', () => {
    const parquet = exportScript({ source: SOURCE, columns: TABLE.columns, format: 'parquet', target: 'x' }, ABOUT);
    expect(parquet).not.toContain('to_json');
    expect(parquet).toContain('FORMAT = "parquet"');
  });
});

describe('a script that writes', () => {
  const written = {
    ...{
      keyspace: 'shop',
      table: 'copy',
      key: ['id'],
      failed: 'bad',
      using: { ttl: 60, timestamp: null, timestampMicros: 1_700_000_000_000_000 },
    },
    columns: [{ name: 'id', value: '`id`', faults: [{ when: '`id` IS NULL', reason: 'id: the key is missing' }] }],
  };

  it('writes all rows with one time, keeps those that do not fit, and looks for every key', () => {
    const script = copyScript({ ...written, source: SOURCE }, ABOUT);
    expect(script).toContain('WRITE_OPTIONS = {"writetime": "1700000000000000", "ttl": "60"}');
    expect(script).toContain('("`id` IS NULL", "id: the key is missing")');
    expect(script).toContain('"left_anti"');
    expect(script).toContain('failed == 0 and missing == 0');
  });

  it('reads every field of files as text, by name, and keeps what is no record', () => {
    const script = loadScript({ ...written, path: '/in', format: 'csv', fields: ['id'], types: {} }, ABOUT);
    expect(script).toContain('FIELDS = ["id"]');
    expect(script).toContain('"enforceSchema": "false"');
    // A directory that Ringside exported has a manifest, which is no record.
    expect(script).toContain('files = files_of(spark, SOURCE)');
    expect(script).not.toContain('load(SOURCE)');
    expect(script).toContain('each.getName() != "manifest.json"');
    expect(script).toContain('(f"`{BROKEN}` IS NOT NULL", "not a record")');
  });
});

describe('texts in a script', () => {
  it('cannot end what they are in', () => {
    expect(prose('a"""\nimport os\\')).toBe("a''' import os ");
    expect(python('a"\n\\')).toBe('"a\\"\\n\\\\"');
  });
});

describe('the command', () => {
  const connection = { contactPoints: ['10.0.0.1', '10.0.0.2:9043'], port: 9042, localDatacenter: 'dc1', tls: true };
  const pace: Pace = {
    ...{ consistency: 'LOCAL_ONE', writeConsistency: 'LOCAL_QUORUM', splitMebibytes: 64, readsPerSecond: 500 },
    concurrentWrites: 5,
  };

  it('sets both levels, ANSI mode, UTC and what Parquet needs, whatever else is configured', () => {
    const text = propertiesText(settingsOf(connection, pace, { 'spark.sql.ansi.enabled': 'false', 'spark.x': 'a\\b' }));
    for (const line of [
      'spark.cassandra.connection.host=10.0.0.1,10.0.0.2:9043',
      'spark.cassandra.connection.localDC=dc1',
      'spark.cassandra.connection.ssl.enabled=true',
      'spark.cassandra.input.consistency.level=LOCAL_ONE',
      'spark.cassandra.output.consistency.level=LOCAL_QUORUM',
      'spark.cassandra.input.split.sizeInMB=64',
      'spark.cassandra.input.readsPerSec=500',
      'spark.cassandra.output.concurrent.writes=5',
      'spark.cassandra.output.ignoreNulls=true',
      'spark.sql.ansi.enabled=true',
      'spark.sql.session.timeZone=UTC',
      'spark.sql.parquet.outputTimestampType=TIMESTAMP_MICROS',
      'spark.sql.parquet.datetimeRebaseModeInWrite=CORRECTED',
      'spark.x=a\\\\b',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
  });

  it.each([
    ['local[2]', "'local[2]'"],
    ['spark://a:7077,b:7077', 'spark://a:7077,b:7077'],
    ['yarn', 'yarn'],
    ['k8s://https://10.0.0.1:6443', 'k8s://https://10.0.0.1:6443'],
  ])('is one command for the master %s', (master, word) => {
    const files = { properties: 'spark.conf', script: 'job.py' };
    expect(submitCommand(master, files).split(' \\\n  ').slice(0, 2)).toEqual(['spark-submit', `--master ${word}`]);
  });

  it('has the connector by its coordinates and no setting in its arguments', () => {
    const files = { properties: "it's.conf", script: 'job.py' };
    expect(submitArguments('local[*]', files)).toEqual([
      ...['--master', 'local[*]', '--packages', 'com.datastax.spark:spark-cassandra-connector_2.12:3.5.1'],
      ...['--properties-file', "it's.conf", 'job.py'],
    ]);
    expect(submitCommand('local[*]', files)).toContain("--master 'local[*]' \\\n  --packages com.datastax.spark:");
    expect(submitCommand('local[*]', files)).toContain("--properties-file 'it'\\''s.conf'");
  });
});

describe('the estimate', () => {
  const work = { splitMebibytes: 64, machineCores: 2, clusterCores: null, isCopy: false };
  const size = { bytes: 1_000_000_000_000, partitions: 1_000 };

  it('never advises Spark on one machine', () => {
    const estimate = estimateOf({ ...work, size, master: 'local[*]' });
    expect(estimate).toMatchObject({ advice: 'here', cores: 2, splits: 14_902 });
    expect(estimate.spark.seconds).toBeGreaterThan(estimate.here.seconds ?? 0);
  });

  it('advises Spark where a cluster’s cores outweigh its start', () => {
    const at = (bytes: number) =>
      estimateOf({ ...work, size: { ...size, bytes }, master: 'spark://m:7077', clusterCores: 64 });
    expect(at(size.bytes).advice).toBe('spark');
    expect(at(1_000_000).advice).toBe('here');
  });

  it('claims nothing without the size or the cores', () => {
    expect(estimateOf({ ...work, size: { bytes: null, partitions: null }, master: 'yarn' })).toMatchObject({
      advice: 'unknown',
      splits: null,
      here: { seconds: null },
      spark: { seconds: null },
    });
  });

  it('knows the cores of a local master alone', () => {
    expect(['local[*]', 'local[3]', 'yarn'].map((master) => coresOf(master, 8))).toEqual([8, 3, null]);
  });
});
