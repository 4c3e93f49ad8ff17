import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { knownNumbers, metricsSample } from './known-metrics';

/** Recorded from jmx_prometheus_javaagent 1.0.1 without rules, in a Cassandra 5.0.9; cut to some metrics. */
const RECORDED = readFileSync(new URL('./jmx-exporter-1.0.1.txt', import.meta.url), 'utf8');

const of = (text: string) => {
  const { gauges, counters } = knownNumbers(text);
  return { ...Object.fromEntries(gauges), ...Object.fromEntries(counters) };
};

describe('what an exporter says', () => {
  it('is found in the text of the JMX exporter in a real node', () => {
    const { generation, gauges, counters } = knownNumbers(RECORDED);
    expect(Object.fromEntries(gauges)).toEqual({ heap: 441_088_368, compactions: 0 });
    expect(Object.fromEntries(counters)).toEqual({ gc: 141, dropped: 0 });
    expect(generation).toBeGreaterThan(1_700_000_000);
  });

  it.each([
    [
      'the rules of its example',
      'cassandra_droppedmessage_dropped{droppedmessage="READ"} 3\ncassandra_compaction_pendingtasks 7',
      { dropped: 3, compactions: 7 },
    ],
    [
      'names as in Java',
      'cassandra_DroppedMessage_Dropped_Count{scope="READ"} 3\ncassandra_Compaction_PendingTasks 7',
      { dropped: 3, compactions: 7 },
    ],
    ['old names', 'jvm_memory_bytes_used{area="heap"} 5\njvm_memory_bytes_used{area="nonheap"} 9', { heap: 5 }],
    [
      'the exporter of Instaclustr',
      'cassandra_dropped_messages_total{message_type="READ"} 3\ncassandra_dropped_messages_total{message_type="HINT"} 4\ncassandra_storage_filesystem_usable_bytes{spec="/a"} 10\ncassandra_storage_filesystem_usable_bytes{spec="/b"} 20',
      { dropped: 7, diskFree: 30 },
    ],
    [
      'SSTables of the table with most, of applications',
      'org_apache_cassandra_metrics_Table_99thPercentile{keyspace="a",name="SSTablesPerReadHistogram",scope="t"} 2\norg_apache_cassandra_metrics_Table_99thPercentile{keyspace="a",name="SSTablesPerReadHistogram",scope="u"} 5\norg_apache_cassandra_metrics_Table_99thPercentile{keyspace="system",name="SSTablesPerReadHistogram",scope="u"} 9\norg_apache_cassandra_metrics_Table_99thPercentile{name="SSTablesPerReadHistogram"} 8',
      { sstables: 5 },
    ],
    ['nothing that is known', 'node_load1 0.5', {}],
  ])('with %s', (_, text, numbers) => {
    expect(of(text)).toEqual(numbers);
  });
});

describe('counters of an endpoint', () => {
  const at = (atMs: number, dropped: number, started: number) => ({
    ...knownNumbers(`cassandra_dropped_messages_total ${dropped}\nprocess_start_time_seconds ${started}`),
    atMs,
  });
  it.each([
    ['rise', at(0, 10, 1), at(10_000, 30, 1), 2],
    ['are a gap at first', undefined, at(10_000, 30, 1), Number.NaN],
    ['are a gap after a restart, although they are higher', at(0, 10, 1), at(10_000, 30, 2), Number.NaN],
    ['are a gap where they fell', at(0, 10, 1), at(10_000, 3, 1), Number.NaN],
  ])('%s', (_, before, now, rate) => {
    expect(metricsSample(before, now).node.get('dropped')).toBe(rate);
  });
});
