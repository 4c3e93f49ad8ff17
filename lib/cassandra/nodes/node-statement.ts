import 'server-only';
import type { Host, types } from 'cassandra-driver';

/** A response of one node, as it came. */
export interface Response {
  readonly rows: readonly types.Row[];
  readonly host: Host;
  readonly sentMs: number;
  readonly receivedMs: number;
}

/** A statement that every node is asked about itself. */
export interface NodeStatement<Row> {
  readonly statement: string;
  /** How often it is asked while somebody looks, in a cluster that fits the budget (pace.ts). */
  readonly everyMs: number;
  /** Its counters only rise, so that an earlier response says how fast. */
  readonly isCounted?: true;
  /** How far back that earlier response may be; by default ten minutes. */
  readonly beforeMs?: number;
  /** How often it is asked while somebody looks at what it is demanded for; by default as always. */
  readonly demandedMs?: number;
  /** Asked only while somebody looks at what it is for. */
  readonly isOnDemand?: true;
  readonly read: (response: Response) => Row[];
}
