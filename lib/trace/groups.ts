import { messageOf } from './messages';

/** What an event of a trace is about, in the order in which a request goes through it. */
export const TRACE_GROUPS = {
  request: 'Parse and prepare',
  coordinator: 'Coordinator',
  replicas: 'Replicas asked',
  reading: 'Reading',
  memtable: 'Memtable and commit log',
  sstables: 'SSTables',
  tombstones: 'Tombstones',
  index: 'Index',
  readRepair: 'Read repair',
  speculative: 'Speculative retry',
  paxos: 'Paxos',
  hints: 'Hints',
  failure: 'Failures',
  other: 'Other',
} as const;
export type TraceGroup = keyof typeof TRACE_GROUPS;

/**
 * How Cassandra's messages begin, from its source: every text that 4.0.19, 4.1.10 and 5.0.9 pass to `Tracing.trace` on
 * the way of a statement. The first that fits decides. What fits none stays in “other”: a new release adds messages.
 */
const BEGINNINGS: readonly (readonly [TraceGroup, readonly string[]])[] = [
  ['request', ['Parsing ', 'Preparing statement', 'Executing prepared', 'Executing batch']],
  ['speculative', ['speculating read retry on ', 'Sending speculative read-repair-mutation to ']],
  [
    'readRepair',
    [
      'Digest mismatch',
      'Sending read-repair-mutation to ',
      'Initiating read-repair',
      'Timed out waiting on digest mismatch repair requests',
      'Timed out while read-repairing',
      'Timeout while read-repairing',
      'Requesting rows ',
      'Requesting from ',
      'Enqueuing full data read to ',
      'Enqueuing transient data read to ',
      'Enqueuing speculative ',
      'Verifying repaired data tracker',
      'Collecting data from sstables and tracking repaired status',
    ],
  ],
  [
    'paxos',
    [
      'Accepting proposal ',
      'CAS ',
      'Committing ',
      'Finishing incomplete paxos round',
      'Not committing proposal',
      'Paxos proposal not accepted',
      'Permitting only read by ballot',
      'Preparing ',
      'Promis',
      'Reading existing values for CAS',
      'Refresh ',
      'Rejecting proposal',
      'Repairing replicas that missed the most recent commit',
      'Some replicas have already promised',
    ],
  ],
  [
    'coordinator',
    [
      'Determining replicas',
      'Computing ranges to query',
      'Submitting range requests on ',
      'Submitted ',
      "Didn't get any response rows",
      'Processing response from ',
      'Requesting ',
      'Enqueuing forwarded write to ',
      'Sending mutation to remote replica ',
      'Adding FWD message to ',
      'Sending batchlog',
      'Enqueuing truncate messages',
      'Unwrapping ',
    ],
  ],
  ['replicas', ['reading ', 'Enqueuing ', 'Callback already removed for ']],
  ['index', ['Index ', 'Executing read on ', 'Command contains a custom index', 'No applicable indexes found']],
  ['index', ['SAI ', 'Search range covers ', 'WHERE clause generated more than ', 'Selecting ']],
  ['memtable', ['Adding to ', 'Appending to commitlog', 'Merging memtable contents', 'Acquiring counter locks']],
  ['memtable', ['Applying truncation of ', 'Creating materialized view mutations', 'Could not acquire MV lock']],
  [
    'sstables',
    [
      'Acquiring sstable references',
      'Bloom filter allows skipping sstable ',
      'Check against min and max keys allows skipping sstable ',
      'Key cache hit for sstable ',
      'Partition index ',
      'Merged data from memtables and ',
      'Skipped ',
    ],
  ],
  ['tombstones', ['Scanned over ']],
  [
    'reading',
    [
      'Executing ',
      'Read ',
      'Row cache ',
      'Ignoring row cache ',
      'Caching ',
      'Fetching ',
      'Reading ',
      'Executed UDF ',
      'Executed UDA ',
      'Replica filtering protection ',
    ],
  ],
  ['hints', ['Not hinting ', 'Discarding hint ', 'Wrote hints ', 'Adding hint ']],
  [
    'failure',
    ['Timed out', 'Unavailable', 'Overloaded', 'Write timeout', 'Write failure', 'Discarding ', 'Read timeout'],
  ],
  ['failure', ['Read failure', 'Payload application resulted in WriteTimeout', 'Query ', 'Exception in thread ']],
];

/** The group of an event; a message between nodes belongs to what it is for. */
export function groupOf(activity: string): TraceGroup {
  const message = messageOf({ activity });
  if (message !== null) return groupOfVerb(message.verb);
  const rows = rowsRead(activity);
  if (rows !== null) return rows.tombstones > 0 ? 'tombstones' : 'reading';
  return BEGINNINGS.find(([, texts]) => texts.some((text) => activity.startsWith(text)))?.[0] ?? 'other';
}

/** Cassandra's `Verb`: `READ_REQ`, `READ_REPAIR_RSP`, `PAXOS_PREPARE_REQ`, `PAXOS2_COMMIT_…`, `HINT_REQ`. */
function groupOfVerb(verb: string): TraceGroup {
  if (verb.startsWith('PAXOS')) return 'paxos';
  if (verb.startsWith('READ_REPAIR')) return 'readRepair';
  if (verb.startsWith('HINT')) return 'hints';
  return verb.startsWith('FAILURE') ? 'failure' : 'replicas';
}

/** `Read 3 live rows and 1 tombstone cells (see tombstone_warn_threshold)`, by `ReadCommand` on each replica. */
export function rowsRead(activity: string): { readonly rows: number; readonly tombstones: number } | null {
  const [, rows, tombstones] = /^Read (\d+) live rows and (\d+) tombstone cells/.exec(activity) ?? [];
  return rows === undefined ? null : { rows: Number(rows), tombstones: Number(tombstones) };
}

/** `Merged data from memtables and 2 sstables`, `Executing seq scan across 3 sstables for (min(…), min(…)]`. */
export function sstablesMerged(activity: string): number | null {
  const [, merged, scanned] =
    /^(?:Merged data from memtables and (\d+) sstables|Executing seq scan across (\d+) sstables)/.exec(activity) ?? [];
  const count = merged ?? scanned;
  return count === undefined ? null : Number(count);
}
