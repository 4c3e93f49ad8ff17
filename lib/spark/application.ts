import 'server-only';
import type { Said } from './events';

/** How to find a running application again after a restart: a process of this machine, or a submission to a master. */
export type Handle =
  | {
      readonly by: 'process';
      readonly pid: number /** Of the system's clock, so that another process with its id is not taken for it. */;
      readonly startedAt: string;
    }
  | { readonly by: 'rest'; readonly submission: string };

/** `ended` says nothing of what it achieved: a master calls a killed application FINISHED. */
export type Life = 'running' | 'ended' | 'unknown';

export interface Way {
  /** Starts it with the files in a directory and the connector's jars. @throws Failure */
  start(directory: string, jars: readonly string[]): Promise<Handle>;
  life(handle: Handle): Promise<Life>;
  /** Ends it, and waits until it has ended. */
  end(handle: Handle): Promise<void>;
}

/** Whether it did all it had to, by its last line and nothing else. */
export function isVerified({ ended }: Said): boolean {
  return ended?.isComplete === true;
}
