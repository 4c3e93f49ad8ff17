import { describe, expect, it } from 'vitest';
import { groupOf, rowsRead, sstablesMerged, type TraceGroup } from './groups';
import { RECORDED, recordedTrace } from './test-traces';

/** Messages as `Tracing.trace` gets them, from the classes of 4.0.19, 4.1.10 and 5.0.9, with values in their places. */
const MESSAGES: Readonly<Record<TraceGroup, readonly string[]>> = {
  request: ['Parsing SELECT * FROM t', 'Preparing statement'],
  coordinator: [
    'Determining replicas for mutation',
    'Determining replicas for atomic batch',
    'Computing ranges to query',
    'Submitting range requests on 17 ranges with a concurrency of 1 (0.0 rows per range expected)',
    'Submitted 1 concurrent range requests',
    'Submitted scanning all ranges requests to 3 nodes',
    "Didn't get any response rows; new concurrent requests: 4",
    'Processing response from /10.0.0.2:7000',
    'Enqueuing truncate messages to hosts [/10.0.0.2:7000]',
    'Requesting 10 extra rows from Full(/10.0.0.2:7000,(1,2]) for short read protection',
  ],
  replicas: [
    'Sending READ_REQ message to /10.0.0.2:7000 message size 84 bytes',
    'MUTATION_RSP message received from /10.0.0.2:7000',
    'reading data from /10.0.0.2:7000',
    'reading digest from /10.0.0.2:7000',
    'Enqueuing response to /10.0.0.1:7000',
    'Enqueuing request to Full(/10.0.0.2:7000,(1,2])',
    'Callback already removed for 17 (from /10.0.0.2:7000)',
  ],
  reading: [
    'Executing single-partition query on t',
    'Executing seq scan across 3 sstables for (min(-1), min(-1)]',
    'Read 3 live rows and 0 tombstone cells',
    'Row cache miss',
    'Row cache hit',
    'Executed UDF f(int) in 12μs',
    'Reading 2 counter values from the CF',
    'Fetching data but not populating cache as query does not query from the start of the partition',
  ],
  memtable: [
    'Adding to t memtable',
    'Appending to commitlog',
    'Merging memtable contents',
    'Acquiring counter locks',
    'Applying truncation of ks.t',
    'Creating materialized view mutations from base table replica',
  ],
  sstables: [
    'Acquiring sstable references',
    'Bloom filter allows skipping sstable 3',
    'Check against min and max keys allows skipping sstable 3',
    'Key cache hit for sstable 3, size = 12',
    'Key cache hit for sstable 3',
    'Partition index found for sstable 3, size = 0',
    'Partition index with 4 entries found for sstable 3',
    'Partition index lookup allows skipping sstable 3',
    'Partition index lookup complete (bloom filter false positive) for sstable 3',
    'Merged data from memtables and 2 sstables',
    'Skipped 0/1 non-slice-intersecting sstables, included 0 due to tombstones',
  ],
  tombstones: [
    'Read 3 live rows and 1200 tombstone cells (see tombstone_warn_threshold)',
    'Scanned over 100001 tombstones for query SELECT * FROM t; query aborted (see tombstone_failure_threshold)',
  ],
  index: [
    'Index mean cardinalities are s_v_idx:0. Scanning with s_v_idx.',
    'Executing read on ks.s using index s_v_idx',
    'Executing read on ks.s using indexes s_v_idx',
    'Index query accessed memtable indexes, 1 SSTable index, and 2 segments, post-filtered 3 rows in 3 partitions, and took 900 microseconds.',
    'SAI materialized 3 rows; max brute force rows is 0 for memtable index with 3 nodes, LIMIT 10',
    'No applicable indexes found',
  ],
  readRepair: [
    'Digest mismatch: Mismatch for key DecoratedKey(1, 00000001)',
    'Enqueuing full data read to Full(/10.0.0.2:7000,(1,2])',
    'Sending read-repair-mutation to Full(/10.0.0.2:7000,(1,2])',
    'READ_REPAIR_REQ message received from /10.0.0.1:7000',
    'Timed out waiting on digest mismatch repair requests',
    'Collecting data from sstables and tracking repaired status',
  ],
  speculative: [
    'speculating read retry on Full(/10.0.0.2:7000,(1,2])',
    'Sending speculative read-repair-mutation to /10.0.0.2:7000',
  ],
  paxos: [
    'Preparing 4f5c0d30-8a5e-11ef-9b1a-0242ac120002',
    'Promising ballot 4f5c0d30-8a5e-11ef-9b1a-0242ac120002',
    'Reading existing values for CAS precondition',
    'CAS precondition is met; proposing client-requested updates for 4f5c0d30',
    'Accepting proposal Accepted(1:4f5c0d30)',
    'Committing proposal 4f5c0d30',
    'CAS did not apply',
    'PAXOS_PREPARE_RSP message received from /10.0.0.2:7000',
    'Sending PAXOS2_PREPARE_REQ message to /10.0.0.2:7000 message size 80 bytes',
    'Some replicas have already promised a higher ballot than ours; retrying',
  ],
  hints: [
    'Not hinting Full(/10.0.0.3:7000,(1,2]) which has been down 10800001 ms',
    'HINT_REQ message received from /10.0.0.1:7000',
    'Wrote hints to satisfy CL.ANY after no replicas acknowledged the write',
  ],
  failure: [
    'Timed out',
    'Unavailable',
    'Overloaded',
    'Write timeout; received 1 of 2 required replies',
    'Write failure; received 1 of 2 required replies, failed 1 requests',
    'Discarding mutation from /10.0.0.1:7000 (timed out)',
    'FAILURE_RSP message received from /10.0.0.2:7000',
  ],
  other: ['A message of a release to come', 'received from'],
};

describe('what an event is about', () => {
  it.each(Object.entries(MESSAGES).flatMap(([group, texts]) => texts.map((text) => [group, text])))(
    '%s: %s',
    (group, text) => {
      expect(groupOf(text)).toBe(group);
    },
  );

  it.each(RECORDED)('is known for all of %s', (name) => {
    const unknown = recordedTrace(name).events.filter(({ activity }) => groupOf(activity) === 'other');
    expect(unknown.map(({ activity }) => activity)).toEqual([]);
  });
});

describe('numbers in a message', () => {
  it('are the rows and tombstones that a node read', () => {
    expect(rowsRead('Read 3 live rows and 12 tombstone cells (see tombstone_warn_threshold)')).toEqual({
      rows: 3,
      tombstones: 12,
    });
    expect(rowsRead('Reading 3 counter values from the CF')).toBeNull();
  });

  it('are the SSTables that it merged or scanned', () => {
    expect(sstablesMerged('Merged data from memtables and 2 sstables')).toBe(2);
    expect(sstablesMerged('Executing seq scan across 3 sstables for (min(-1), min(-1)]')).toBe(3);
    expect(sstablesMerged('Acquiring sstable references')).toBeNull();
  });
});
