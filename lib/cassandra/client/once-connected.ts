import 'server-only';
import { errors } from 'cassandra-driver';

/** How long a node may take to be connected to, or to be called down, before its absence is told. */
const PATIENCE_MS = 3_000;
const PAUSE_MS = 50;

/**
 * Runs `ask`, and again for a while as long as the driver gives up without having sent anything, because a node that it
 * takes for up has no open connection. So it is with nodes whose pool it is still opening behind our back, and with a
 * node that has just died: the driver (4.10.0, lib/prepare-handler.js) then does not prepare on any other, and says of a
 * node asked by `host` that none is available.
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

/** Nothing was sent: every node is called down or lacks a connection, and at least one lacks only that. */
export function hasNoConnection(error: unknown): boolean {
  if (!(error instanceof errors.NoHostAvailableError)) return isPoolEmpty(error);
  const inner: unknown = error.innerErrors;
  const reasons: unknown[] = typeof inner === 'object' && inner !== null ? Object.values(inner) : [];
  return reasons.some(isPoolEmpty) && reasons.every((reason) => typeof reason === 'string' || isPoolEmpty(reason));
}

/** The driver has neither a class nor a code for it (lib/host-connection-pool.js). */
function isPoolEmpty(error: unknown): boolean {
  return error instanceof Error && error.message === 'No connection available';
}
