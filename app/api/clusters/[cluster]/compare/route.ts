import { sidesOf } from '@/lib/compare/compare-kind';
import { describedPlan, planCompare } from '@/lib/compare/plan';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.compare.post, async ({ cluster, input, principal, rights }) =>
  describedPlan(await planCompare(sidesOf(cluster.name, input, principal), input, rights)),
);
