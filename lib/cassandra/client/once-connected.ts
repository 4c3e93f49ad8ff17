import 'server-only';
import { errors } from 'cassandra-driver';

/** How long to wait for a node to be connected or marked down before reporting that none is available. */
const PATIENCE_MS = 3_000;
const PAUSE_MS = 50;

/**
 * Runs `ask`, and retries for a while as long as the driver gives up without sending anything, because a node that it
 * considers up has no open connection. That happens while it opens a pool in the background, and with a node that has
 * just died: the driver (4.10.0, lib/prepare-handler.js) then prepares on no other node, and reports no host available
 * for a request with `host`.
 */
export async function onceConnected<T>(ask: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!hasNoConnection(error) || performance.now() >= giveUpAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

/** Nothing was sent: every node is marked down or lacks a connection, and at least one lacks only that. */
export function hasNoConnection(error: unknown): boolean {
  if (!(error instanceof errors.NoHostAvailableError)) return isPoolEmpty(error);
  const inner: unknown = error.innerErrors;
  const reasons: unknown[] = typeof inner === 'object' && inner !== null ? Object.values(inner) : [];
  return reasons.some(isPoolEmpty) && reasons.every((reason) => typeof reason === 'string' || isPoolEmpty(reason));
}

/** Nothing was sent: every connection to the node has as many requests under way as it takes. */
export function isBusy(error: unknown): boolean {
  return error instanceof errors.BusyConnectionError;
}

/** The driver has no class or code for this error (lib/host-connection-pool.js). */
export function isPoolEmpty(error: unknown): boolean {
  return error instanceof Error && error.message === 'No connection available';
}
