import 'server-only';
import { z } from 'zod';
import { CassandraFailure } from '@/lib/cassandra/client/failure';
import type { JobDescription } from '@/lib/contract/jobs';
import type { Principal } from '@/lib/contract/principal';
import type { ScanProgress } from '@/lib/contract/scans';
import type { Standing } from './work-directory';

/** What a job can be: an export today. It plugs in, and this room knows nothing else of it. */
export interface JobKind<Request> {
  /** As job files and answers name it: it never changes. */
  readonly name: string;
  /** Of what is asked for, and of what the job's file keeps of it. */
  readonly requestSchema: z.core.$ZodType<Request>;
  /**
   * Works out what would be done, and does nothing yet.
   * @throws CassandraFailure when it could not run
   */
  plan(cluster: string, request: Request): Promise<JobPlan<Request>>;
  /**
   * Runs to the end, on from the checkpoint in the directory where there is one. When the signal is aborted it brings its
   * directory to a checkpoint, and rejects.
   * @throws CassandraFailure for what a person can act on; anything else is a fault of Ringside
   */
  run(run: JobRun<Request>): Promise<void>;
  /** How much is done of a job that does not run. */
  standing(directory: string): Promise<Standing>;
}

export interface JobPlan<Request> {
  readonly description: JobDescription;
  /** What is kept in the job's file, for every run. */
  readonly request: Request;
}

export interface JobRun<Request> {
  /** Whose job it is, and for whom it reads. */
  readonly owner: Principal;
  readonly cluster: string;
  readonly request: Request;
  /** Exists, and holds what the run before left: see {@link WorkDirectory}. */
  readonly directory: string;
  readonly signal: AbortSignal;
  /** Says where progress is read from now on. */
  readonly watch: (progress: () => JobProgress) => void;
}

export interface JobProgress extends Standing {
  /** Null where nothing is read from Cassandra, or not yet. */
  readonly scan: ScanProgress | null;
}

/** A kind whose requests have been checked by its own schema. */
export type CheckedKind = Pick<JobKind<unknown>, 'name' | 'plan' | 'run' | 'standing'>;

/** Kinds of different requests side by side: each checks what it is given, also what a file kept. */
export function checkedKind<Request>(kind: JobKind<Request>): CheckedKind {
  const checked = (request: unknown): Request => {
    const parsed = z.safeParse(kind.requestSchema, request);
    if (parsed.success) return parsed.data;
    throw new CassandraFailure({
      code: 'storage_failed',
      message: `The request of this ${kind.name} job cannot be understood.`,
      hint: 'It is damaged, or was written by another version of Ringside.',
      detail: parsed.error.message,
      retryable: false,
    });
  };
  return {
    name: kind.name,
    plan: (cluster, request) => kind.plan(cluster, checked(request)),
    run: async (run) => kind.run({ ...run, request: checked(run.request) }),
    standing: (directory) => kind.standing(directory),
  };
}

/** Why a job stands still that only another version of Ringside can run. */
export function unknownKind(name: string): CassandraFailure {
  return new CassandraFailure({
    code: 'storage_failed',
    message: `This version of Ringside has no jobs of the kind “${name}”.`,
    hint: 'Use the version that started it. Until then the job and its files stay as they are.',
    retryable: false,
  });
}
