import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { openRegular } from '@/lib/regular-file';
import type { Handle, Life, Way } from './application';
import { heard, NOTHING_SAID, type Said } from './events';

const LOOK_MS = 500;
/** A master that is busy or starts again may not answer for a while. */
const UNKNOWN_MS = 120_000;
const UI_EVERY_MS = 2_000;
const UI_TIMEOUT_MS = 2_000;
/** A line of a script is far shorter; what a library prints may not be. */
const MOST_LINE = 64 * 1024;
const CHUNK = 64 * 1024;

/** The lines of a growing file, from its beginning, in bounded memory. */
class Lines {
  readonly #path: string;
  #at = 0;
  #rest = '';

  constructor(path: string) {
    this.#path = path;
  }

  /** The whole lines added since the last call. */
  async more(): Promise<string[]> {
    const file = await openRegular(this.#path, 'read').catch(() => null);
    if (file === null) return [];
    const lines: string[] = [];
    try {
      for (;;) {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(CHUNK), 0, CHUNK, this.#at);
        if (bytesRead === 0) return lines;
        this.#at += bytesRead;
        // A script prints ASCII: JSON with escapes.
        const parts = (this.#rest + buffer.toString('latin1', 0, bytesRead)).split('\n');
        this.#rest = (parts.pop() ?? '').slice(0, MOST_LINE);
        lines.push(...parts);
      }
    } finally {
      await file.close();
    }
  }
}

/** What the running stages of an application have moved, by Spark's API. */
interface Moved {
  /** Rows read. */
  readonly rows: number;
  /** Bytes written; of what the connector reads, Spark knows none. */
  readonly bytes: number;
}

interface Following {
  readonly way: Way;
  readonly handle: Handle;
  /** The file with the application's lines. */
  readonly events: string;
  readonly signal: AbortSignal;
  /** Called with what it has said, and how far the running stages are; null: not known. */
  readonly onSaid: (said: Said, moved: Moved | null) => void;
}

/**
 * Follows an application to its end.
 * @returns what it said, and how its life ended; `unknown`: for two minutes nobody knew whether it runs
 * @throws the signal's reason
 */
export async function follow({ way, handle, events, signal, onSaid }: Following): Promise<{ said: Said; life: Life }> {
  const lines = new Lines(events);
  let said = NOTHING_SAID;
  let moved: Moved | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  let knownAt = performance.now();
  for (;;) {
    signal.throwIfAborted();
    // Before its lines are read: what it says last is then among them.
    const life = await way.life(handle);
    if (life !== 'unknown') knownAt = performance.now();
    for (const line of await lines.more()) said = heard(said, line);
    if (life === 'running' && performance.now() - askedAt > UI_EVERY_MS) {
      askedAt = performance.now();
      moved = (await movedBy(said, signal)) ?? moved;
    }
    onSaid(said, moved);
    if (life === 'ended' || performance.now() - knownAt > UNKNOWN_MS) return { said, life };
    await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

const count = z.number();
const stagesSchema = z.array(z.object({ inputRecords: count, outputBytes: count }));

/** By the driver's API; null: it does not answer. */
async function movedBy({ ui, progress }: Said, signal: AbortSignal): Promise<Moved | null> {
  if (ui === null || progress.applicationId === null || !/^http:\/\/[\w.:[\]-]+$/.test(ui)) return null;
  const url = `${ui}/api/v1/applications/${encodeURIComponent(progress.applicationId)}/stages?status=active`;
  try {
    const timeout = AbortSignal.any([signal, AbortSignal.timeout(UI_TIMEOUT_MS)]);
    const answer = await fetch(url, { signal: timeout, redirect: 'error' });
    const stages = stagesSchema.safeParse(await answer.json()).data;
    if (stages === undefined || stages.length === 0) return null;
    const sumOf = (figure: keyof (typeof stages)[number]) => stages.reduce((sum, stage) => sum + stage[figure], 0);
    return { rows: sumOf('inputRecords'), bytes: sumOf('outputBytes') };
  } catch {
    // Its lines say how far it is too; a driver elsewhere cannot be reached at all.
    return null;
  }
}
