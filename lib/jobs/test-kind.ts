import { createHash } from 'node:crypto';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { invalidRequest } from '@/lib/failure';
import type { JobKind, JobPlan, JobProgress, JobRun } from './job-kind';
import { partOf, readStanding, standingOf, WorkDirectory } from './work-directory';
import { checkpointSchema, partName } from './work-state';

const requestSchema = z.object({ upTo: z.number().int() });
type Request = z.output<typeof requestSchema>;

const stateSchema = checkpointSchema.extend({ next: z.number().int() });
type State = z.output<typeof stateSchema>;

const PART = partName(1, '.txt');

/** A kind for tests: counts into a file, one number per line, with a checkpoint after each. */
export class TestKind implements JobKind<Request> {
  readonly name: string;
  readonly repeats = 'reads';
  readonly requestSchema = requestSchema;
  readonly standing = readStanding;
  /** Called before each number: a test can wait, fail or stop there. */
  before: (number: number, run: JobRun<Request>) => Promise<void> = async () => undefined;

  /** A cluster that every job needs besides its own. */
  alsoNeeds: string | undefined;

  /** Of the jobs that are planned; undefined: they have none. */
  maxRowsPerSecond: number | null | undefined;

  constructor(name = 'count') {
    this.name = name;
  }

  async plan(_cluster: string, request: Request): Promise<JobPlan<Request>> {
    if (request.upTo < 0) throw invalidRequest('Counting down is not possible.');
    const description = { title: `to ${request.upTo}`, statement: 'none', consistency: 'ONE' };
    return {
      description,
      request,
      ...(this.maxRowsPerSecond === undefined ? {} : { maxRowsPerSecond: this.maxRowsPerSecond }),
    };
  }

  otherCluster(): string | undefined {
    return this.alsoNeeds;
  }

  async run(run: JobRun<Request>): Promise<void> {
    const { request, directory, signal, watch } = run;
    const terms = String(request.upTo);
    const work = new WorkDirectory(directory, { noun: 'count', terms, schema: stateSchema });
    const lock = await work.hold();
    try {
      const begin = { version: 1 as const, terms, startedAt: new Date().toISOString(), next: 1, parts: [] };
      let state: State = (await work.load()) ?? begin;
      watch(() => ({ ...progressOf(state), scan: null }));
      for (; state.next <= request.upTo; await work.save(state)) {
        await this.before(state.next, run);
        signal.throwIfAborted();
        state = await counted(directory, state);
      }
      const { parts, startedAt } = state;
      await work.writeManifest({ isComplete: true, startedAt, warnings: [], parts: parts.map(whole) });
      state = { ...state, parts: parts.map((part) => ({ ...part, isComplete: true })) };
    } finally {
      await lock.release();
    }
  }
}

function progressOf({ parts }: State): Omit<JobProgress, 'scan'> {
  return standingOf(parts.map(partOf));
}

function whole({ name, rows, bytes, sha256 }: State['parts'][number]) {
  return { name, rows, bytes, sha256 };
}

async function counted(directory: string, state: State): Promise<State> {
  const path = join(directory, PART);
  await (state.next === 1 ? writeFile : appendFile)(path, `${state.next}\n`);
  const file = await readFile(path);
  const sha256 = createHash('sha256').update(file).digest('hex');
  const part = { name: PART, rows: state.next, bytes: file.length, sha256, isComplete: false };
  return { ...state, next: state.next + 1, parts: [part] };
}

/** The numbers in a directory's file. */
export async function numbersIn(directory: string): Promise<number[]> {
  return (await readFile(join(directory, PART), 'utf8')).split('\n').slice(0, -1).map(Number);
}
