import 'server-only';
import type { Endpoint } from '@/lib/contract/endpoint';
import type { Principal } from '@/lib/contract/principal';
import { type RightsAsked, requestNeeds } from '@/lib/rights/request-needs';
import { anyHeld, checkHeld, type Instead } from '@/lib/server-approvals';

/**
 * Whether a request may change what it changes without a second person: the one check of every endpoint, before its
 * handler. An endpoint whose right is to change something is held unless its table says that it changes nothing. Jobs of a
 * token, and those that go on, are checked by what they do where they start.
 * @throws Failure `approval_required`
 */
export function checkSecondPerson(
  { method, path, right, secondPerson }: Pick<Endpoint, 'method' | 'path' | 'right' | 'secondPerson'>,
  asked: RightsAsked,
  principal: Principal,
): void {
  if (secondPerson === 'not needed' || right === 'none' || !anyHeld()) return;
  checkHeld(requestNeeds(right, asked), principal, INSTEAD[`${method} ${path}`]);
}

/** What cannot wait for approval, and the way that can. */
const INSTEAD: Readonly<Record<string, Instead>> = {
  'POST /api/clusters/{cluster}/each': {
    message: 'a statement for each row of a list cannot wait for approval, because nobody could look through its rows.',
    hint: 'Load the list from a file, or run the statements as a script: both can wait.',
  },
  'POST /api/clusters/{cluster}/spark/start': {
    message: 'a job on Spark cannot wait for approval, because what it writes is decided on Spark.',
    hint: 'Copy or load without Spark: such a job can wait.',
  },
  'POST /api/clusters/{cluster}/schedules': {
    message: 'a schedule that writes cannot wait for approval, because nobody could look at each of its runs.',
    hint: 'Ask for approval of each load or copy.',
  },
};
