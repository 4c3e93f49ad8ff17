import type { NodeFacts } from './facts';
import { settingOf } from './finding';
import { durationMs } from './settings';

/** From where on something of a table hurts, in one place for the verdict and the order of tables. */

/** compaction_large_partition_warning_threshold: 100 MB in 4.0 and 4.1. */
export const LARGE_MEBIBYTES = 100;

/** tombstone_warn_threshold, where the settings cannot be read. */
const TOMBSTONES = 1_000;
/** slow_query_log_timeout and write_request_timeout, likewise. */
const [SLOW_READ_MS, WRITE_TIMEOUT_MS] = [500, 2_000];

/** A node's tombstone_warn_threshold. */
export function tombstonesOf(node: NodeFacts): number {
  const threshold = Number(settingOf(node, ['tombstone_warn_threshold']) ?? TOMBSTONES);
  return threshold > 0 ? threshold : TOMBSTONES;
}

/** From here on a node notes a read as slow. */
export function slowReadMsOf(node: NodeFacts): number {
  return durationMs(settingOf(node, ['slow_query_log_timeout', 'slow_query_log_timeout_in_ms'])) || SLOW_READ_MS;
}

/** A tenth of the time after which a coordinator gives a write up. */
export function slowWriteMsOf(node: NodeFacts): number {
  const timeoutMs = durationMs(settingOf(node, ['write_request_timeout', 'write_request_timeout_in_ms']));
  return (timeoutMs || WRITE_TIMEOUT_MS) / 10;
}
