import { describe, expect, it } from 'vitest';
import { shortageMeaning } from './unavailable';

describe('too few replicas', () => {
  it.each([
    ['TWO', 2, 1, 1, 'TWO needs 2 replicas, but logs has 1: the level cannot be met'],
    ['QUORUM', 2, 1, 1, 'QUORUM needs 2 replicas, but logs has 1'],
    ['ALL', 3, 2, 2, 'ALL needs 3 replicas, but logs has 2'],
  ])('at %s, which this replication can never meet', (level, required, alive, placed, message) => {
    const meaning = shortageMeaning({ level, required, alive }, placed, 'logs');
    expect(meaning.message).toContain(message);
    expect(meaning.hint).toContain('replication factor');
    expect(meaning.hint).not.toContain('bring nodes back');
    expect(meaning.retryable).toBe(false);
  });

  it.each([
    ['QUORUM', 2, 1, 3, 'QUORUM needs 2 replicas, and 1 is up.'],
    ['ALL', 3, 2, 3, 'ALL needs 3 replicas, and 2 are up.'],
    ['ONE', 1, 0, 1, 'ONE needs 1 replica, and 0 are up.'],
  ])('at %s, because nodes are down', (level, required, alive, placed, message) => {
    const meaning = shortageMeaning({ level, required, alive }, placed, 'logs');
    expect(meaning.message).toContain(message);
    expect(meaning.hint).toMatch(/bring nodes back: the Ring page shows which are down\.$/);
    expect(meaning.retryable).toBe(true);
  });

  it('says both where the replication is not known', () => {
    const meaning = shortageMeaning({ level: 'TWO', required: 2, alive: 1 }, null, 'logs');
    expect(meaning.hint).toContain('bring nodes back');
    expect(meaning.hint).toContain('If none is down, the keyspace has fewer replicas');
  });
});
