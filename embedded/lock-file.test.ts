import { describe, expect, it } from 'vitest';
import { DEFAULT_VERSION, lockedRelease, lockSchema } from './lock-file.mjs';

describe('the lock of the jars', () => {
  const { artifacts, java } = lockedRelease();

  it('names each jar once, the server itself among them', () => {
    expect(new Set(artifacts.map(({ file }) => file)).size).toBe(artifacts.length);
    expect(artifacts.map(({ coordinates }) => coordinates)).toContain(
      `org.apache.cassandra:cassandra-all:jar:${DEFAULT_VERSION}`,
    );
    expect(java).toEqual([17, 11]);
  });

  it('has native parts for both processors of Linux and for no system that works without', () => {
    const files = artifacts.map(({ file }) => file).join('\n');
    for (const processor of ['x86_64', 'aarch_64'])
      expect(files).toMatch(new RegExp(`epoll-.*-linux-${processor}\\.jar`));
    expect(files).not.toMatch(/-(osx|windows)-/);
  });

  it('lists its releases when asked for an unknown one', () => {
    expect(() => lockedRelease('3.11.1')).toThrow(
      `Cassandra 3.11.1 is not in jars.lock.json, which has ${DEFAULT_VERSION}`,
    );
  });

  it('refuses paths outside the cache folder and invalid checksums', () => {
    const artifact = artifacts[0];
    const lock = (change: object) => ({ releases: { '1': { java: [17], artifacts: [{ ...artifact, ...change }] } } });
    expect(lockSchema.safeParse(lock({})).success).toBe(true);
    expect(lockSchema.safeParse(lock({ file: '../evil.jar' })).success).toBe(false);
    expect(lockSchema.safeParse(lock({ sha256: 'abc' })).success).toBe(false);
  });
});
