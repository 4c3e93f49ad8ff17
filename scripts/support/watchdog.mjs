/**
 * Kills what its parent started, once the parent is gone. The end of standard input is the sign, since the system closes
 * the pipe however a process ends. Started by guard.mjs.
 */
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { readRingIfAny, stopRing } from '../../embedded/index.mjs';
import { endGroup, startOf } from './processes.mjs';

const guardedSchema = z.union([
  z.object({ ring: z.string() }),
  z.object({ process: z.object({ pid: z.int(), start: z.string(), graceMs: z.int() }) }),
  z.object({ hurry: z.literal(true) }),
]);

/** Signals that end the parent must not interrupt the watchdog half-way. */
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => {});

const parent = Number(process.argv[2]);
/** @type {z.infer<typeof guardedSchema>[]} */
const guarded = [];
for await (const line of createInterface({ input: process.stdin })) guarded.push(guardedSchema.parse(JSON.parse(line)));
const atOnce = guarded.some((one) => 'hurry' in one);

await Promise.allSettled(
  guarded.map(async (one) => {
    if ('process' in one) {
      const { pid, start, graceMs } = one.process;
      if ((await startOf(pid)) === start) await endGroup(pid, { graceMs: atOnce ? 0 : graceMs });
    }
    // If the next start has taken the ring over by now, it is no longer ours to stop.
    if ('ring' in one && readRingIfAny(one.ring)?.owner === parent)
      await stopRing(one.ring, atOnce ? { graceMs: 0 } : {});
  }),
);
