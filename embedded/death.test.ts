import { describe, expect, it } from 'vitest';
import { causeOfDeath } from './death.mjs';

const SHORT = { freeMb: 300, killedForMemory: false };
const PLENTY = { freeMb: 22 * 1024, killedForMemory: false };

describe('why a server ended', () => {
  it.each([
    ['ERROR [main] 2026-01-01 CassandraDaemon - java.net.BindException: Address already in use', 'one of its ports'],
    ['Error: JMX connector server communication error: Port already in use: 7199', 'one of its ports'],
    ['Terminating due to java.lang.OutOfMemoryError: Java heap space', 'its heap was full'],
    ['ERROR [ReadStage-1] - java.lang.OutOfMemoryError: GC overhead limit exceeded', 'its heap was full'],
    ['#  fatal error: OutOfMemory encountered: Java heap space', 'its heap was full'],
    [
      'java.lang.OutOfMemoryError: Cannot reserve 1048576 bytes of direct buffer memory (allocated: 1, limit: 2)',
      'its buffer memory',
    ],
    [
      'OpenJDK 64-Bit Server VM warning: os::commit_memory failed; error=Cannot allocate memory (errno=12)',
      'the system gave it no more memory',
    ],
    [
      '# There is insufficient memory for the Java Runtime Environment to continue.',
      'the system gave it no more memory',
    ],
    [
      'java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory',
      'refused to give it more threads',
    ],
    ['ERROR [COMMIT-LOG] - FSWriteError in /data: No space left on device', 'the disk is full'],
    ['ERROR [main] - CommitLogReplayException: Could not read commit log descriptor', 'damaged'],
  ])('is recognised in %j', (line, what) => {
    for (const evidence of [SHORT, PLENTY])
      expect(causeOfDeath(['INFO  [main] starting', line], evidence)?.what).toContain(what);
  });

  it('is not taken from informational lines', () => {
    const line =
      'INFO  [main] CassandraDaemon - JVM Arguments: [-XX:+ExitOnOutOfMemoryError, java.lang.OutOfMemoryError]';
    expect(causeOfDeath([line], PLENTY)).toBeUndefined();
  });

  it('is a full heap, not a full machine: closing programs is no help', () => {
    const lines = [
      'ERROR [ReadStage-2] JVMStabilityInspector - OutOfMemory error letting the JVM handle the error:',
      'java.lang.OutOfMemoryError: Java heap space',
      'Terminating due to java.lang.OutOfMemoryError: Java heap space',
    ];
    for (const evidence of [SHORT, PLENTY]) {
      expect(causeOfDeath(lines, evidence)?.todo).toContain('Ask for less at once');
      expect(causeOfDeath(lines, evidence)?.todo).not.toContain('Close something');
    }
  });

  it('is the buffer memory, although Cassandra then fills its heap on purpose', () => {
    const lines = [
      'java.lang.OutOfMemoryError: Cannot reserve 1048576 bytes of direct buffer memory (allocated: 1, limit: 2)',
      'ERROR [ReadStage-2] JVMStabilityInspector - Force heap space OutOfMemoryError in the presence of',
      'Terminating due to java.lang.OutOfMemoryError: Java heap space',
    ];
    expect(causeOfDeath(lines, PLENTY)?.what).toContain('buffer memory');
  });

  it('is the machine where little is free, and a limit where much is', () => {
    const lines = ['# There is insufficient memory for the Java Runtime Environment to continue.'];
    expect(causeOfDeath(lines, SHORT)?.todo).toContain('Close something that uses memory');
    expect(causeOfDeath(lines, PLENTY)?.todo).toContain('22 GB free');
    expect(causeOfDeath(lines, PLENTY)?.todo).not.toContain('Close something');
  });

  it('is the kernel where it killed for memory and the log has no words', () => {
    const lines = ['INFO  [main] all is well'];
    expect(causeOfDeath(lines, { freeMb: 9_000, killedForMemory: true })).toEqual({
      what: 'the system killed it because memory ran out',
      todo: expect.stringContaining('Close something that uses memory'),
    });
    expect(causeOfDeath(lines, SHORT)).toBeUndefined();
  });
});
