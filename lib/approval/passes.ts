import 'server-only';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { askerSchema } from '@/lib/contract/asker';
import type { Principal } from '@/lib/contract/principal';
import { Failure, invalidRequest } from '@/lib/failure';
import { readJson, writeJson } from '@/lib/jobs/atomic-file';
import { OWNER_ONLY_DIRECTORY } from '@/lib/regular-file';

/** Of all clusters and people together. */
const MOST_PASSES = 100;

const passSchema = z.object({
  id: z.string(),
  cluster: z.string(),
  /** The principal's id. */
  owner: z.string(),
  by: askerSchema,
  reason: z.string(),
  sinceMs: z.number(),
  untilMs: z.number(),
});
export type HeldPass = z.output<typeof passSchema>;
const fileSchema = z.object({ version: z.literal(1), passes: z.array(passSchema) });

/** How a pass ended: its time was over, or its person ended it. */
type PassEnd = 'time' | 'hand';

/** Hears of every pass that ends. */
export type PassListener = (pass: HeldPass, how: PassEnd) => void;

/** Emergency passes: with one, a person's changes of a cluster do not wait. They outlive a restart, and no longer than they say. */
export class Passes {
  readonly #file: string;
  readonly #nowMs: () => number;
  #held: readonly HeldPass[] = [];
  #listener: PassListener = () => undefined;
  #timer: NodeJS.Timeout | null = null;

  constructor(file: string, nowMs: () => number) {
    this.#file = file;
    this.#nowMs = nowMs;
  }

  /** Reads those of before; whoever listens hears of those that ended meanwhile. @throws Failure `storage_failed` */
  async load(listener: PassListener): Promise<void> {
    this.#listener = listener;
    this.#held = (await readJson(this.#file, fileSchema))?.passes ?? [];
    await this.#forgetEnded();
  }

  /** Those of a cluster that last. */
  of(cluster: string): readonly HeldPass[] {
    const now = this.#nowMs();
    return this.#held.filter((pass) => pass.cluster === cluster && now < pass.untilMs);
  }

  /** The pass of a person; undefined: they have none. */
  find({ id: owner }: Pick<Principal, 'id'>, cluster: string): HeldPass | undefined {
    return this.of(cluster).find((pass) => pass.owner === owner);
  }

  /** @throws Failure `invalid_request` where there is one already, `overloaded`, `storage_failed` */
  async take({ id: owner, asker: by }: Principal, asked: { cluster: string; reason: string; minutes: number }) {
    const { cluster, reason, minutes } = asked;
    if (by === undefined) throw invalidRequest('Nobody has signed in, so nobody can take a pass.');
    if (this.find({ id: owner }, cluster) !== undefined) {
      throw invalidRequest('You have an emergency pass for this cluster already.', 'End it first to take another.');
    }
    if (this.#held.length >= MOST_PASSES) {
      throw new Failure({ code: 'overloaded', message: 'Too many emergency passes last.', retryable: true });
    }
    const now = this.#nowMs();
    const span = { sinceMs: now, untilMs: now + minutes * 60_000 };
    const pass: HeldPass = { id: randomUUID(), cluster, owner, by, reason, ...span };
    await this.#keep([...this.#held, pass]);
    return pass;
  }

  /** Ends the pass of a person. @throws Failure `not_found` where there is none */
  async end(principal: Principal, cluster: string): Promise<void> {
    const pass = this.find(principal, cluster);
    if (pass === undefined) {
      throw new Failure({
        code: 'not_found',
        message: 'You have no emergency pass for this cluster.',
        retryable: false,
      });
    }
    // It ends even if the disk does not take it: after a restart it would last until its time.
    this.#held = this.#held.filter(({ id }) => id !== pass.id);
    this.#listener(pass, 'hand');
    await this.#keep(this.#held);
  }

  /** It counts once it is on the disk: what cannot be kept is not given. */
  async #keep(passes: readonly HeldPass[]): Promise<void> {
    mkdirSync(dirname(this.#file), { recursive: true, mode: OWNER_ONLY_DIRECTORY });
    await writeJson(this.#file, { version: 1, passes });
    this.#held = passes;
    this.#wake();
  }

  async #forgetEnded(): Promise<void> {
    const now = this.#nowMs();
    const ended = this.#held.filter(({ untilMs }) => untilMs <= now);
    this.#held = this.#held.filter(({ untilMs }) => now < untilMs);
    for (const pass of ended) this.#listener(pass, 'time');
    if (ended.length > 0) await this.#keep(this.#held);
    else this.#wake();
  }

  /** Looks again when the next one ends. */
  #wake(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const next = Math.min(...this.#held.map(({ untilMs }) => untilMs));
    if (!Number.isFinite(next)) return;
    const look = () => this.#forgetEnded().catch((error: unknown) => console.error(error));
    this.#timer = setTimeout(look, Math.max(0, next - this.#nowMs()));
    this.#timer.unref();
  }
}
