import { describe, expect, it } from 'vitest';
import { gapOf } from './system-tables';

const REFUSED = 'Cassandra refused the statement.';

describe('why facts of a system table are missing', () => {
  it('is the release, where it does not have the table', () => {
    expect(gapOf('system.top_partitions', '4.0.19', REFUSED)).toBe(
      'Cassandra 4.0.19 has no system.top_partitions: it came with 4.1.',
    );
  });

  it.each([
    ['system.top_partitions', '4.1.10'],
    ['system.top_partitions', null],
    ['system_views.disk_usage', '4.0.19'],
  ])('is what the node said otherwise: %s on %s', (table, release) => {
    expect(gapOf(table, release, REFUSED)).toBe(`${table}: ${REFUSED}`);
  });
});
