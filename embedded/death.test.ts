import { describe, expect, it } from 'vitest';
import { causeOfDeath } from './death.mjs';

describe('why a server ended', () => {
  it.each([
    ['ERROR [main] 2026-01-01 CassandraDaemon - java.net.BindException: Address already in use', 'one of its ports'],
    ['Error: JMX connector server communication error: Port already in use: 7199', 'one of its ports'],
    ['Terminating due to java.lang.OutOfMemoryError: Java heap space', 'its heap was full'],
    ['ERROR [ReadStage-1] - java.lang.OutOfMemoryError: GC overhead limit exceeded', 'its heap was full'],
    [
      'java.lang.OutOfMemoryError: Cannot reserve 1048576 bytes of direct buffer memory (allocated: 1, limit: 2)',
      'its buffer memory',
    ],
    [
      'OpenJDK 64-Bit Server VM warning: os::commit_memory failed; error=Cannot allocate memory (errno=12)',
      'the machine ran out of memory',
    ],
    ['# There is insufficient memory for the Java Runtime Environment to continue.', 'the machine ran out of memory'],
    [
      'java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory',
      'refused to give it more threads',
    ],
    ['ERROR [COMMIT-LOG] - FSWriteError in /data: No space left on device', 'the disk is full'],
    ['ERROR [main] - CommitLogReplayException: Could not read commit log descriptor', 'damaged'],
  ])('is recognised in %j', (line, what) => {
    expect(causeOfDeath(['INFO  [main] starting', line])?.what).toContain(what);
  });

  it('is not taken from informational lines', () => {
    const line =
      'INFO  [main] CassandraDaemon - JVM Arguments: [-XX:+ExitOnOutOfMemoryError, java.lang.OutOfMemoryError]';
    expect(causeOfDeath([line])).toBeUndefined();
  });
});
