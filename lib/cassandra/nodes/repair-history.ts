import 'server-only';
import { type Client, types } from 'cassandra-driver';
import type { RepairHistory, RepairRecord } from '@/lib/health/facts';
import { grantSelect } from '@/lib/health/grant';
import type { Failure } from '../../failure';
import { toFailure } from '../client/errors';
import { onceConnected } from '../client/once-connected';
import { refusalOf } from './ask-nodes';

/** Read once for all viewers, and only while somebody looks. */
const EVERY_MS = 900_000;
const FAILED_EVERY_MS = 60_000;
const TIMEOUT_MS = 10_000;
const PAGE_ROWS = 1_000;
/** Some 5 MB. A cluster that is repaired in many small pieces has more, and then nothing is said. */
const MOST_RECORDS = 20_000;

/** The ranges and options of a repair can be large, so they are left out. */
const STATEMENT =
  'SELECT parent_id, keyspace_name, columnfamily_names, started_at, finished_at, exception_message FROM system_distributed.parent_repair_history';

interface Kept {
  history: RepairHistory;
  readMs: number | null;
  reading: Promise<void> | null;
}

const KEY = Symbol.for('ringside.repair-history');

/** By the client that a cluster keeps, as in ask-nodes.ts. */
function keptBy(client: Client): Kept {
  const global = globalThis as { [KEY]?: WeakMap<Client, Kept> };
  global[KEY] ??= new WeakMap();
  const kept: Kept = global[KEY].get(client) ?? {
    history: { outcome: 'unknown', why: 'It has not been read yet.', grant: null },
    readMs: null,
    reading: null,
  };
  global[KEY].set(client, kept);
  return kept;
}

/** The records of all repairs, at most a quarter of an hour old. Never rejects. @param waitMs for a reading that runs */
export async function repairHistory(client: Client, waitMs: number): Promise<RepairHistory> {
  const kept = keptBy(client);
  const everyMs = kept.history.outcome === 'rows' ? EVERY_MS : FAILED_EVERY_MS;
  const isDue = kept.readMs === null || performance.now() - kept.readMs >= everyMs;
  if (isDue) {
    kept.reading ??= read(client, kept).finally(() => {
      kept.reading = null;
    });
  }
  await Promise.race([kept.reading, pause(waitMs)]);
  return kept.history;
}

async function read(client: Client, kept: Kept): Promise<void> {
  try {
    kept.history = await readRecords(client);
  } catch (error) {
    kept.history = unknownFor(toFailure(error));
  }
  kept.readMs = performance.now();
}

/**
 * At ALL: a repair is recorded at ONE (`SystemDistributedKeyspace.processSilent`), and a replica that has missed the newest
 * record would make a table look overdue.
 */
async function readRecords(client: Client): Promise<RepairHistory> {
  const rows: RepairRecord[] = [];
  let pageState: Buffer | undefined;
  do {
    const options = {
      consistency: types.consistencies.all,
      fetchSize: PAGE_ROWS,
      readTimeout: TIMEOUT_MS,
      isIdempotent: true,
      ...(pageState === undefined ? {} : { pageState }),
    };
    const page = await onceConnected(() => client.execute(STATEMENT, [], options));
    rows.push(...page.rows.flatMap(recordOf));
    if (rows.length > MOST_RECORDS) return tooMany();
    const next: unknown = Reflect.get(page, 'rawPageState');
    pageState = Buffer.isBuffer(next) ? next : undefined;
  } while (pageState !== undefined);
  return { outcome: 'rows', rows, askedAt: new Date().toISOString(), statement: STATEMENT };
}

/** The ranges that a repair repaired. @throws Failure */
export async function repairedRanges(client: Client, id: string): Promise<readonly string[]> {
  const statement = 'SELECT successful_ranges FROM system_distributed.parent_repair_history WHERE parent_id = ?';
  try {
    const options = {
      consistency: types.consistencies.all,
      readTimeout: TIMEOUT_MS,
      isIdempotent: true,
      prepare: true,
    };
    const { rows } = await onceConnected(() => client.execute(statement, [types.Uuid.fromString(id)], options));
    const ranges: unknown = rows[0]?.get('successful_ranges');
    return ranges instanceof Set || Array.isArray(ranges) ? [...ranges].map(String) : [];
  } catch (error) {
    throw toFailure(error);
  }
}

function recordOf(row: types.Row): RepairRecord[] {
  const [tables, started, finished]: [unknown, unknown, unknown] = [
    row.get('columnfamily_names'),
    row.get('started_at'),
    row.get('finished_at'),
  ];
  // Without its beginning, a record is what an update at its end has left after the rest expired.
  if (!(started instanceof Date)) return [];
  return [
    {
      id: String(row.get('parent_id')),
      keyspace: String(row.get('keyspace_name')),
      tables: tables instanceof Set || Array.isArray(tables) ? [...tables].map(String) : [],
      startedAt: started.toISOString(),
      finishedAt: finished instanceof Date ? finished.toISOString() : null,
      hasFailed: row.get('exception_message') != null,
    },
  ];
}

function tooMany(): RepairHistory {
  const why = `system_distributed.parent_repair_history has more than ${MOST_RECORDS.toLocaleString('en-US')} records, the most that Ringside reads.`;
  return { outcome: 'unknown', why, grant: null };
}

function unknownFor(failure: Failure): RepairHistory {
  const refusal = refusalOf(failure, STATEMENT);
  if (refusal?.outcome === 'not_permitted') {
    return { outcome: 'unknown', why: refusal.reason, grant: grantSelect('system_distributed', refusal.role) };
  }
  const why = `The records of repairs count only when all their replicas answer, and they could not be read so: ${failure.message}`;
  return { outcome: 'unknown', why, grant: null };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
