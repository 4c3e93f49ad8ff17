import 'server-only';
import type { Endpoint } from '@/lib/contract/endpoint';
import type { ErrorCode } from '@/lib/contract/errors';
import type { Principal } from '@/lib/contract/principal';

/** One request in an audit. How a stream ends is known to its handler alone, which can record that as well. */
export interface AuditEntry {
  readonly endpoint: Endpoint;
  readonly principal: Principal;
  /** The names in the path, the cluster's among them. */
  readonly params: Readonly<Record<string, string>>;
  /** What was sent, as it was understood, where the endpoint says that it may be kept. */
  readonly input?: unknown;
  /** `left`: the reader went before there was an answer. */
  readonly outcome: 'answered' | 'left' | ErrorCode;
  readonly elapsedMs: number;
}

/** What keeps who did what. */
export interface Audit {
  record(entry: AuditEntry): void;
}

/** Nothing is kept yet. */
export const NO_AUDIT: Audit = { record: () => undefined };
