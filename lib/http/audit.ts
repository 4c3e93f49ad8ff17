import 'server-only';
import type { Endpoint } from '@/lib/contract/endpoint';
import type { ErrorCode } from '@/lib/contract/errors';
import type { Principal } from '@/lib/contract/principal';

/** One request in an audit. Only its handler knows how a stream ends, and can record that too. */
export interface AuditEntry {
  readonly endpoint: Endpoint;
  readonly principal: Principal;
  /** The names in the path, including the cluster's. */
  readonly params: Readonly<Record<string, string>>;
  /** The parsed input, if the endpoint allows it to be kept. */
  readonly input?: unknown;
  /** `left`: the client left before there was a response. */
  readonly outcome: 'answered' | 'left' | ErrorCode;
  readonly elapsedMs: number;
}

/** Records who did what. */
export interface Audit {
  record(entry: AuditEntry): void;
}

/** Keeps nothing yet. */
export const NO_AUDIT: Audit = { record: () => undefined };
