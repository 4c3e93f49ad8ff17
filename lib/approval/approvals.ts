import 'server-only';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApprovalAction, ApprovalRan } from '@/lib/contract/approvals';
import { jsonText } from '@/lib/contract/json';
import type { Principal } from '@/lib/contract/principal';
import { Failure, invalidRequest } from '@/lib/failure';
import { readJson, writeText } from '@/lib/jobs/atomic-file';
import { storageFailure } from '@/lib/jobs/storage-failure';
import { OWNER_ONLY_DIRECTORY } from '@/lib/regular-file';
import { agedAt, type Next, nextOf, type Step } from './machine';
import { type ApprovalRecord, type KeptRan, recordSchema, type Seen } from './record';

/** Of all clusters together; the oldest that have ended make room. */
const MOST_KEPT = 500;
/** That wait or are approved, of one person. */
const MOST_OPEN = 20;
/** What one keeps, with its statements. */
const MOST_BYTES = 512 * 1024;
/** Of all together: they are in memory. */
const MOST_TOTAL_BYTES = 64 * 1024 * 1024;
/** After this long those that have ended are removed. */
const KEPT_MS = 30 * 24 * 3_600_000;

/** What is known when something is asked for. */
export type Asked = Pick<
  ApprovalRecord,
  'cluster' | 'reason' | 'title' | 'statements' | 'consistency' | 'notes' | 'work' | 'needs' | 'seen'
> & { readonly waitMs: number };

/** What this room needs of the rest of the server. */
export interface Ground {
  readonly nowMs: () => number;
  /** The first place whose schema is not as it was; null: all are. @throws Failure when it cannot be read */
  readonly changedPlace: (seen: readonly Seen[]) => Promise<Seen | null>;
  /** How long an approved change may be run. */
  readonly runMs: (cluster: string) => number;
}

interface Acting {
  readonly principal: Principal;
  readonly action: ApprovalAction;
  /** Runs it to its end; it never rejects. */
  readonly run: (record: ApprovalRecord) => Promise<KeptRan>;
}

interface Held {
  record: ApprovalRecord;
  bytes: number;
}

/**
 * The changes that wait for a second person, each in a file. A run is on the disk before anything is sent, so that no
 * crash lets it run again.
 */
export class Approvals {
  readonly #folder: string;
  readonly #ground: Ground;
  readonly #held = new Map<string, Held>();
  #loading: Promise<void> | null = null;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(folder: string, ground: Ground) {
    this.#folder = folder;
    this.#ground = ground;
  }

  /** Those of a cluster as they stand now, newest first. */
  async list(cluster: string): Promise<ApprovalRecord[]> {
    await this.#load();
    const now = this.#ground.nowMs();
    const all = [...this.#held.values()].map(({ record }) => agedAt(record, now));
    return all.filter((record) => record.cluster === cluster).toSorted((a, b) => (a.at < b.at ? 1 : -1));
  }

  /** @throws Failure `not_found` */
  async get(cluster: string, id: string): Promise<ApprovalRecord> {
    await this.#load();
    return this.#heldNow(cluster, id);
  }

  /** Without waiting, so that nothing else comes between this look and what it decides. @throws Failure `not_found` */
  #heldNow(cluster: string, id: string): ApprovalRecord {
    const record = this.#held.get(id)?.record;
    if (record?.cluster === cluster) return agedAt(record, this.#ground.nowMs());
    throw new Failure({ code: 'not_found', message: 'There is no change with this id.', retryable: false });
  }

  /** Keeps what somebody asks for. @throws Failure `invalid_request`, `overloaded`, `storage_failed` */
  async ask({ id: asker, asker: by }: Principal, { waitMs, ...asked }: Asked): Promise<ApprovalRecord> {
    await this.#load();
    if (by === undefined) throw invalidRequest('Nobody has signed in, so nobody can ask for approval.');
    const now = this.#ground.nowMs();
    const record: ApprovalRecord = {
      ...{ version: 1, id: randomUUID(), ...asked, state: 'waiting', asker, by },
      ...{ at: new Date(now).toISOString(), untilMs: now + waitMs, decision: null, ran: null },
    };
    const bytes = jsonText(record).length;
    if (bytes > MOST_BYTES) {
      throw invalidRequest(
        `The change is too long to wait for approval: it takes ${bytes} bytes, and at most ${MOST_BYTES} are kept.`,
        'Split it, or load its rows from a file.',
      );
    }
    await this.#makeRoom(asker, bytes);
    await this.#keep(record);
    return record;
  }

  /**
   * Takes a step. A run resolves when it has ended.
   * @throws Failure `invalid_request` with why it cannot be taken; `schema_changed`, and the change has ended
   */
  async act(cluster: string, id: string, { principal, action, run }: Acting): Promise<ApprovalRecord> {
    const asked = await this.get(cluster, id);
    const needsLook = action.action === 'approve' || action.action === 'run';
    const changed = needsLook && isOpen(asked) ? await this.#ground.changedPlace(asked.seen) : null;
    const { id: by, name = null } = principal;
    const now = this.#ground.nowMs();
    const step = this.#step(action, { by, isChanged: changed !== null, runUntilMs: now + this.#ground.runMs(cluster) });
    // From here to `#hold` nothing is awaited: of two that run it at once, the second finds it running.
    const record = this.#heldNow(cluster, id);
    const next = nextOf(record, step, now);
    if ('not' in next) throw invalidRequest(next.not);
    const moved = { ...record, ...next, decision: decisionOf(record, { next, step, name, action, changed, now }) };
    await this.#keepOr(record, moved);
    if (changed !== null) throw changedFailure(changed);
    return next.state === 'running' ? this.#ended(moved, await run(moved)) : moved;
  }

  #step(action: ApprovalAction, given: { by: string; isChanged: boolean; runUntilMs: number }): Step {
    const { by, isChanged, runUntilMs } = given;
    switch (action.action) {
      case 'approve':
        return { do: 'approve', by, isChanged, runUntilMs };
      case 'run':
        return { do: 'run', by, isChanged };
      default:
        return { do: action.action, by };
    }
  }

  /** It ran, whatever the disk says now: after a restart it would be one whose outcome is unknown. */
  async #ended(record: ApprovalRecord, ran: KeptRan): Promise<ApprovalRecord> {
    const next = nextOf(record, { do: 'end' }, this.#ground.nowMs());
    const ended: ApprovalRecord = { ...record, ...('not' in next ? {} : next), ran };
    await this.#keep(ended).catch((error: unknown) => console.error(error));
    return ended;
  }

  /** @throws what keeps it from the disk; then it is as it was before */
  async #keepOr(before: ApprovalRecord, after: ApprovalRecord): Promise<void> {
    await this.#keep(after).catch((error: unknown) => {
      this.#hold(before);
      throw error;
    });
  }

  /** It holds in memory at once, and on the disk when this resolves. */
  async #keep(record: ApprovalRecord): Promise<void> {
    this.#hold(record);
    const text = `${jsonText(record)}\n`;
    const write = async () => {
      await mkdir(this.#folder, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
      await writeText(this.#pathOf(record.id), text);
    };
    const written = this.#writing.catch(() => undefined).then(write);
    this.#writing = written;
    await written.catch((error: unknown) => {
      throw storageFailure(error, this.#folder);
    });
  }

  #hold(record: ApprovalRecord): void {
    this.#held.set(record.id, { record, bytes: jsonText(record).length });
  }

  #pathOf(id: string): string {
    return join(this.#folder, `${id}.json`);
  }

  async #makeRoom(asker: string, bytes: number): Promise<void> {
    const now = this.#ground.nowMs();
    const aged = [...this.#held.values()].map(({ record, ...rest }) => ({ ...rest, record: agedAt(record, now) }));
    const own = aged.filter(({ record }) => record.asker === asker && isOpen(record)).length;
    if (own >= MOST_OPEN) throw full(`You have ${own} changes that wait or may be run.`, 'Run or withdraw some first.');
    let [kept, total] = [aged.length, aged.reduce((sum, one) => sum + one.bytes, bytes)];
    const ended = aged.filter(({ record }) => !isOpen(record) && record.state !== 'running');
    for (const { record, bytes: freed } of ended.toSorted((a, b) => (a.record.at < b.record.at ? -1 : 1))) {
      const isOld = now - Date.parse(record.at) > KEPT_MS;
      if (!isOld && kept < MOST_KEPT && total <= MOST_TOTAL_BYTES) break;
      this.#held.delete(record.id);
      await rm(this.#pathOf(record.id), { force: true });
      [kept, total] = [kept - 1, total - freed];
    }
    if (kept < MOST_KEPT && total <= MOST_TOTAL_BYTES) return;
    throw full('Too many changes wait for approval.', 'Ask for some of them to be decided on first.');
  }

  #load(): Promise<void> {
    this.#loading ??= this.#read();
    return this.#loading;
  }

  /** What is damaged is left as it is, and said in the server's log: it cannot run. */
  async #read(): Promise<void> {
    // Before the first one there is no folder.
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names.filter((one) => /^[0-9a-f-]{36}\.json$/.test(one))) {
      try {
        const record = await readJson(join(this.#folder, name), recordSchema);
        if (record === null || `${record.id}.json` !== name) continue;
        if (record.state === 'running') await this.#ended(record, this.#interrupted());
        else this.#hold(record);
      } catch (error) {
        console.error(error);
      }
    }
  }

  #interrupted(): ApprovalRan {
    return {
      at: new Date(this.#ground.nowMs()).toISOString(),
      outcome: 'unknown',
      message:
        'Ringside ended while it ran: any of its statements may have been applied. It does not run again. Look at the rows, and ask for what is missing.',
      statements: [],
    };
  }
}

function isOpen({ state }: Pick<ApprovalRecord, 'state'>): boolean {
  return state === 'waiting' || state === 'approved';
}

interface Deciding {
  readonly next: Exclude<Next, { not: string }>;
  readonly step: Step;
  readonly name: string | null;
  readonly action: ApprovalAction;
  readonly changed: Seen | null;
  readonly now: number;
}

/** Who decided, and why: of what changed, Ringside itself. */
function decisionOf(record: ApprovalRecord, { step, name, action, changed, now }: Deciding) {
  const at = new Date(now).toISOString();
  if (changed !== null)
    return { by: null, name: null, at, reason: `${nameOf(changed)} has changed since it was asked for.` };
  if (step.do !== 'approve' && step.do !== 'refuse') return record.decision;
  return { by: step.by, name, at, reason: action.action === 'refuse' ? action.reason : null };
}

/** `keyspace.table`, or a keyspace. */
export function nameOf({ keyspace, table }: Pick<Seen, 'keyspace' | 'table'>): string {
  return table === undefined ? keyspace : `${keyspace}.${table}`;
}

function changedFailure(changed: Seen): Failure {
  return new Failure({
    code: 'schema_changed',
    message: `Nothing was run: ${nameOf(changed)} has changed since this was asked for, so it cannot be approved or run any more.`,
    hint: 'Ask for it again, as the table is now.',
    retryable: false,
  });
}

function full(message: string, hint: string): Failure {
  return new Failure({ code: 'overloaded', message, hint, retryable: true });
}
