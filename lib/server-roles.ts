import 'server-only';
import type { ApiError } from './contract/errors';
import type { Principal } from './contract/principal';
import { Failure } from './failure';
import { serverJobs } from './server-jobs';
import { checkOrder, rightsOfAsker } from './server-rights';
import type { OwnRoles } from './sign-in/own-roles';

const SIGN_IN_AGAIN: ApiError = {
  code: 'sign_in_needed',
  message: 'Cassandra no longer accepts your role or its password.',
  hint: 'Sign in again: the job goes on from its checkpoint by itself.',
  retryable: false,
};

/** Checks roles from now on: jobs of who may no longer log in are paused, and go on when their person has signed in again. */
export function followRoles(ownRoles: OwnRoles): void {
  const jobs = serverJobs();
  ownRoles.followedBy({
    back: (principal) => {
      resumeJobs(principal).catch((error: unknown) => console.error('Jobs after a sign-in:', error));
    },
    lost: (principal) => jobs.pauseOf(principal, SIGN_IN_AGAIN),
  });
  ownRoles.begin();
}

/** What their person may no longer do stays paused. */
async function resumeJobs(principal: Principal): Promise<void> {
  const jobs = serverJobs();
  const rights = rightsOfAsker(principal.asker);
  for (const { id, order } of await jobs.pausedFor(principal, 'sign_in_needed')) {
    try {
      await checkOrder(order, rights);
      await jobs.act(principal, id, 'resume');
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }
}
