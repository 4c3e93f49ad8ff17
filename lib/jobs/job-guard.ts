import 'server-only';
import type { Granted } from '@/lib/rights/granted';
import { NO_LIMITS, type WorkLimits } from '@/lib/rights/limits';
import type { JobFile } from './job-file';

/** What a job was asked to do, and with which rights. */
export type JobOrder = Pick<JobFile, 'kind' | 'cluster' | 'request'> & {
  /** Null: nobody signed in then, or it was started before rights were kept. */
  readonly granted: Granted | null;
};

/** Whether people may still do what their jobs do. */
export interface JobGuard {
  /**
   * @returns what limits the job
   * @throws Failure `forbidden` when its owner may not do it, with the rights of now
   */
  check(order: JobOrder): Promise<WorkLimits>;
}

/** Everybody may do everything. */
export const NO_GUARD: JobGuard = { check: async () => NO_LIMITS };
