import 'server-only';
import type { ApiError } from './contract/errors';
import { Failure } from './failure';

/**
 * Whether this server is about to end, for whatever must know before it does. What only reads is stopped at once; what
 * writes sends nothing more and reports what became of what it sent.
 */

const KEY = Symbol.for('ringside.stopping');

interface Stopping {
  isStopping: boolean;
  readonly listeners: Set<() => void>;
}

/** The bundler may make several instances of this module: they share it. */
function stopping(): Stopping {
  const global = globalThis as { [KEY]?: Stopping };
  global[KEY] ??= { isStopping: false, listeners: new Set() };
  return global[KEY];
}

export const SERVER_STOPPING: ApiError = {
  code: 'server_stopping',
  message: 'Ringside is being stopped or restarted, so this ended before it was complete.',
  hint: 'What arrived is correct. Continue when Ringside runs again.',
  retryable: true,
};

export function isStopping(): boolean {
  return stopping().isStopping;
}

/** The reason with which reads are aborted. */
export function stoppingFailure(): Failure {
  return new Failure(SERVER_STOPPING);
}

/** Whether a read was stopped because the server ends, and not by its reader, who must hear of it. */
export function isStoppedByServer({ reason }: AbortSignal): boolean {
  return reason instanceof Failure && reason.error.code === 'server_stopping';
}

/** Calls `listener` when the server is about to end; immediately if it is. @returns forgets it */
export function onStopping(listener: () => void): () => void {
  const { isStopping: is, listeners } = stopping();
  if (is) listener();
  else listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Tells everything that listens. Once is enough; more calls do nothing. */
export function beginStopping(): void {
  const state = stopping();
  state.isStopping = true;
  for (const listener of state.listeners) listener();
  state.listeners.clear();
}
