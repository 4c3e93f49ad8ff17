import { addressOf } from '@/lib/contract/endpoint';
import { query } from '@/lib/contract/endpoints/statements';

/** What a run needs once it is started, in one piece of code that loads beside the page. */

export { sendTogether, stopTogether } from '@/lib/client/scripts';
export { planRun } from './plan-run';
export { EndsInGroups, lostEnd, stepsTogether } from './send-together';

/** Where statements are sent. */
export const queryPath = (cluster: string): string => addressOf(query.post, { cluster });
