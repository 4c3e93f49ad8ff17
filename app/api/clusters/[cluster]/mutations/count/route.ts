import { countDeletion } from '@/lib/change-many/count';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.deletionCount.post, ({ cluster, input, principal, rights, signal }) =>
  countDeletion(cluster, input, { principal, rights, signal }),
);
