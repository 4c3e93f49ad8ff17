import 'server-only';
import type { Principal } from '@/lib/contract/principal';
import { Failure } from '@/lib/failure';
import type { EachRun } from './run';

/** Runs at a time, so that a handful of clicks cannot keep a cluster busy. */
const MOST_RUNNING = 4;

/** The bundler may make several instances of this module: they share the runs. */
const KEY = Symbol.for('ringside.each');

interface Entry {
  readonly run: EachRun;
  readonly owner: string;
}

function runs(): Map<string, Entry> {
  const global = globalThis as { [KEY]?: Map<string, Entry> };
  global[KEY] ??= new Map();
  return global[KEY];
}

/**
 * Lists a run until `end` is called, so that its owner can stop it.
 * @throws Failure `overloaded`, `invalid_request`
 */
export function beginEach(id: string, run: EachRun, { id: owner }: Principal): () => void {
  const all = runs();
  if (all.has(id))
    throw new Failure({ code: 'invalid_request', message: 'A run with this id exists.', retryable: false });
  if (all.size >= MOST_RUNNING) {
    throw new Failure({
      code: 'overloaded',
      message: `${MOST_RUNNING} statements already run for lists of rows.`,
      hint: 'Try again when one of them has ended.',
      retryable: true,
    });
  }
  all.set(id, { run, owner });
  return () => void all.delete(id);
}

/** Nothing more is sent. False: it has ended, or there is none for this principal. */
export function stopEach(id: string, { id: owner }: Principal): boolean {
  const entry = runs().get(id);
  if (entry === undefined || entry.owner !== owner) return false;
  entry.run.stop();
  return true;
}
