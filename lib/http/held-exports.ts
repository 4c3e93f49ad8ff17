import 'server-only';
import { randomBytes } from 'node:crypto';
import { currentWork, LimitedWork, withinLimits } from '@/lib/cassandra/read/limited-work';
import type { heldDownload, holdExport as holdEndpoint } from '@/lib/contract/endpoints';
import type { ParsedExportRequest } from '@/lib/export/source';
import { Failure } from '@/lib/failure';
import { NO_LIMITS, type WorkLimits } from '@/lib/rights/limits';
import { openExport } from './export';
import type { RequestContext } from './route';

/** Like a ticket: the page that asks follows its link at once. */
const LIFE_MS = 60_000;
/** Characters of all requests held; beyond it the oldest give way. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

interface Held {
  readonly cluster: string;
  readonly principal: string;
  readonly request: ParsedExportRequest;
  readonly characters: number;
  /** Of whoever asked, for what the request reads: the address of its download says nothing of that. */
  readonly limits: WorkLimits;
  readonly untilMs: number;
}

const KEY = Symbol.for('ringside.held-exports');

function held(): Map<string, Held> {
  const global = globalThis as { [KEY]?: Map<string, Held> };
  global[KEY] ??= new Map();
  return global[KEY];
}

/** Holds a request that no address can carry, for the one download that follows. */
export function holdExport(context: RequestContext<(typeof holdEndpoint)['post']>): { id: string } {
  const { cluster, principal, input: request } = context;
  const id = randomBytes(24).toString('base64url');
  const characters = JSON.stringify(request).length;
  held().set(id, {
    cluster: cluster.name,
    principal: principal.id,
    request,
    characters,
    limits: currentWork()?.limits ?? NO_LIMITS,
    untilMs: performance.now() + LIFE_MS,
  });
  dropOld();
  return { id };
}

/** @throws Failure `not_found` when it was used, or is older than a minute; otherwise as {@link openExport} */
export function openHeldExport(context: RequestContext<(typeof heldDownload)['get']>): Promise<Response> {
  const { id, cluster } = context.params;
  const found = held().get(id);
  const isTheirs = found?.cluster === cluster && found.principal === context.principal.id;
  // Somebody else's stays for its person.
  if (isTheirs) held().delete(id);
  if (!isTheirs || found.untilMs <= performance.now()) {
    throw new Failure({
      code: 'not_found',
      message: 'This download was started already, or more than a minute ago.',
      hint: 'Start it again from the exports page.',
      retryable: false,
    });
  }
  const { principal, request, limits } = found;
  const download = () => openExport({ ...context, params: { cluster }, input: request });
  return withinLimits(new LimitedWork({ owner: principal, limits, kind: 'request' }), download);
}

function dropOld(): void {
  let characters = [...held().values()].reduce((total, { characters: each }) => total + each, 0);
  for (const [id, { untilMs, characters: each }] of held()) {
    if (untilMs > performance.now() && characters <= MOST_CHARACTERS) return;
    held().delete(id);
    characters -= each;
  }
}
