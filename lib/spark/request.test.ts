import { describe, expect, it } from 'vitest';
import { sparkRequestSchema } from '@/lib/contract/spark';
import { sparkMasterSchema } from '@/lib/contract/spark-master';

const EXPORT = { do: 'export', keyspace: 'k', table: 't', format: 'csv' };

describe('a request for Spark', () => {
  it.each(['/exports/orders', 's3a://bucket/orders', 'hdfs://name-node:9000/orders', 'hdfs:///orders'])(
    'may name %s',
    (target) => {
      expect(sparkRequestSchema.safeParse({ ...EXPORT, target }).success).toBe(true);
    },
  );

  it.each(['/a/../b', 'a b', "x'y", 's3a://key:secret@bucket/o', '/a*', '$HOME', '/a;b'])(
    'may not name %s',
    (target) => {
      expect(sparkRequestSchema.safeParse({ ...EXPORT, target }).success).toBe(false);
    },
  );

  it.each(['local[*]', 'local[8]', 'yarn', 'spark://a:7077,b:7077', 'k8s://https://10.0.0.1:6443'])(
    'may run at %s',
    (master) => {
      expect(sparkMasterSchema.safeParse(master).success).toBe(true);
    },
  );

  it.each(['--conf', 'local', 'local[*] --conf x', 'spark://a b', 'http://a', 'yarn\n'])(
    'may not run at %j',
    (master) => {
      expect(sparkMasterSchema.safeParse(master).success).toBe(false);
    },
  );
});
