import { allClusters } from '@/lib/cassandra/registry';
import { healthResponseSchema } from '@/lib/contract/clusters';
import { demoProgress } from '@/lib/demo-progress';
import { json, route } from '@/lib/http/respond';
import { version } from '@/package.json';

export const GET = route(async () => {
  const demo = await demoProgress();
  const clusters = allClusters().map((cluster) => cluster.health());
  return json(healthResponseSchema, { status: 'alive', version, clusters, ...(demo === null ? {} : { demo }) });
});
