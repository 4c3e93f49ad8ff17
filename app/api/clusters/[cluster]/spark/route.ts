import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { planSpark } from '@/lib/spark/plan-spark';

export const POST = route(endpoints.sparkPlan.post, async ({ cluster, input }) => {
  const { plan } = await planSpark(cluster, input, { timestampMicros: Date.now() * 1_000, isAnywhere: false });
  return plan;
});
