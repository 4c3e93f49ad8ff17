import { allClusters } from '@/lib/cassandra/registry';
import { healthResponseSchema } from '@/lib/contract/clusters';
import { demoProgress } from '@/lib/demo-progress';
import { json, route } from '@/lib/http/respond';
import { ownCassandra } from '@/lib/own-cassandra';
import { version } from '@/package.json';

export const GET = route(async () => {
  const [demo, own] = await Promise.all([demoProgress(), ownCassandra()]);
  const clusters = allClusters().map((cluster) => cluster.health());
  const start = { ...(demo === null ? {} : { demo }), ...(own === null ? {} : { own }) };
  return json(healthResponseSchema, { status: 'alive', version, clusters, ...start });
});
