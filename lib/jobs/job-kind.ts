import 'server-only';
import { z } from 'zod';
import type { JobDescription } from '@/lib/contract/jobs';
import type { Principal } from '@/lib/contract/principal';
import type { ScanProgress } from '@/lib/contract/scans';
import { Failure } from '@/lib/failure';
import type { Granted } from '@/lib/rights/granted';
import type { PersonRights } from '@/lib/rights/rules';
import type { PartsDone } from './work-directory';

/** A kind of job, such as an export. Kinds plug in; this room knows nothing else about them. */
export interface JobKind<Request> {
  /** Its name in job files and responses, which never changes. */
  readonly name: string;
  /**
   * A schedule may start it by the same request again and again; absent: somebody has to look at each. `writes`: only on a
   * cluster that may be written to.
   */
  readonly repeats?: 'reads' | 'writes';
  /** How a request is kept by a schedule and renewed for each run; absent: it is the same every time. */
  readonly repeating?: Repeating<Request>;
  /** Of a request, both when it arrives and as the job's file keeps it. */
  readonly requestSchema: z.core.$ZodType<Request>;
  /**
   * Works out what the job would do, without doing anything.
   * @throws Failure when it could not run
   */
  plan(cluster: string, request: Request, by: PlannedBy): Promise<JobPlan<Request>>;
  /**
   * Runs to the end, from the checkpoint in the directory if there is one. When the signal is aborted it brings its
   * directory to a checkpoint, and rejects.
   * @throws Failure for anything a person can act on; anything else is a bug in Ringside
   */
  run(run: JobRun<Request>): Promise<void>;
  /** How much of a job that is not running is done. */
  standing(directory: string): Promise<PartsDone>;
  /** The name of a cluster that a request needs besides the job's own. */
  otherCluster?(request: Request): string | undefined;
  /** False for what runs elsewhere and would lose what it has done. */
  readonly isPausable?: boolean;
}

/** Who starts a job. */
export interface PlannedBy {
  readonly owner: Principal;
  /** Null: everything. */
  readonly rights: PersonRights | null;
}

/** What a schedule asks of a kind, and on whose behalf. */
export interface Asked {
  readonly cluster: string;
  readonly owner: Principal;
  /** In the form that the API takes. */
  readonly request: unknown;
}

/** A request that a schedule keeps, and what a person must see before it does. */
export interface KeptRequest {
  /** With everything decided that no run may decide differently; in the form that the API takes. */
  readonly request: unknown;
  /** How things were, for {@link Repeating.renew}; JSON. */
  readonly reviewed: unknown;
  /** Everything that its runs send, as text. */
  readonly statement: string;
  /** What must be typed before it is kept; null: nothing. */
  readonly confirmName: string | null;
  /** What to know before it repeats. */
  readonly notes: readonly string[];
}

/** For kinds whose request says how things were when it was reviewed: each run needs them as they are. */
export interface Repeating<Request> {
  /**
   * Works out what every run will do. Nothing is written.
   * @throws Failure when it could not run, or cannot repeat
   */
  keep(asked: Asked): Promise<KeptRequest>;
  /**
   * The request of one run.
   * @throws Failure when something is not as it was reviewed
   */
  renew(kept: Asked & Pick<KeptRequest, 'reviewed'>): Promise<Request>;
  /** The name of the cluster that a kept request writes to. */
  writesTo(kept: Omit<Asked, 'owner'>): string;
}

export interface JobPlan<Request> {
  readonly description: JobDescription;
  /** The job's request, as its file keeps it for every run. */
  readonly request: Request;
  /** The most rows a second, which a person can change later; null: no limit. Absent: it has no rate. */
  readonly maxRowsPerSecond?: number | null;
}

export interface JobRun<Request> {
  /** The job's owner, on whose behalf it reads. */
  readonly owner: Principal;
  /** The owner and their rights when it was started, which hold until it has ended; null: everything. */
  readonly granted: Granted | null;
  readonly cluster: string;
  readonly request: Request;
  /** Exists, with what the previous run left: see {@link WorkDirectory}. */
  readonly directory: string;
  readonly signal: AbortSignal;
  /** The rate that holds now; null: no limit. Undefined: its plan gave none. */
  readonly maxRowsPerSecond: () => number | null | undefined;
  /** Sets where progress is read from now on. */
  readonly watch: (progress: () => JobProgress) => void;
}

export interface JobProgress extends PartsDone {
  /** Null if nothing is read from Cassandra, or not yet. */
  readonly scan: ScanProgress | null;
}

/** A kind that checks its requests with its own schema. */
export type CheckedKind = Pick<
  JobKind<unknown>,
  'name' | 'repeats' | 'repeating' | 'plan' | 'run' | 'standing' | 'isPausable'
> & {
  /** Undefined also for a request that is not valid. */
  otherCluster(request: unknown): string | undefined;
};

/** Makes kinds with different requests interchangeable: each checks every request, even one from a file. */
export function checkedKind<Request>(kind: JobKind<Request>): CheckedKind {
  const checked = (request: unknown): Request => {
    const parsed = z.safeParse(kind.requestSchema, request);
    if (parsed.success) return parsed.data;
    throw new Failure({
      code: 'storage_failed',
      message: `The stored request of this ${kind.name} job is not valid.`,
      hint: 'It may be damaged, or written by another version of Ringside.',
      detail: parsed.error.message,
      retryable: false,
    });
  };
  return {
    name: kind.name,
    ...(kind.repeats === undefined ? {} : { repeats: kind.repeats }),
    ...(kind.repeating === undefined ? {} : { repeating: kind.repeating }),
    plan: (cluster, request, by) => kind.plan(cluster, checked(request), by),
    run: async (run) => kind.run({ ...run, request: checked(run.request) }),
    standing: (directory) => kind.standing(directory),
    otherCluster: (request) => {
      const parsed = z.safeParse(kind.requestSchema, request);
      return parsed.success ? kind.otherCluster?.(parsed.data) : undefined;
    },
    ...(kind.isPausable === undefined ? {} : { isPausable: kind.isPausable }),
  };
}

/** Why a job that only another version of Ringside can run is paused. */
export function unknownKind(name: string): Failure {
  return new Failure({
    code: 'storage_failed',
    message: `This version of Ringside cannot run jobs of the kind “${name}”.`,
    hint: 'Use the version that started it. The job and its files stay unchanged until then.',
    retryable: false,
  });
}
