import { serverAudit } from '@/lib/audit/server-audit';
import { allClusters } from '@/lib/cassandra/client/registry';
import * as endpoints from '@/lib/contract/endpoints';
import { demoProgress } from '@/lib/demo-progress';
import { publicError } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { ownCassandra } from '@/lib/own-cassandra';
import { seesCluster } from '@/lib/rights/visible';

export { HEAD } from '@/lib/http/head';

/** For the page: server/decide.mjs refuses requests that could come from another site. */
export const GET = route(endpoints.state.get, async ({ rights }) => {
  const [demo, own] = await Promise.all([demoProgress(), ownCassandra()]);
  const seen = allClusters().filter(({ name }) => seesCluster(rights, name));
  const clusters = seen.map((cluster) => {
    const { error, ...health } = cluster.health();
    return error === undefined ? health : { ...health, error: publicError(error) };
  });
  const start = { ...(demo === null ? {} : { demo }), ...(own === null ? {} : { own }) };
  return { clusters, ...start, ...auditFailing() };
});

function auditFailing() {
  const { failing, refusesWrites = false } = serverAudit()?.standing ?? {};
  return failing == null ? {} : { audit: { since: failing.since, refusesWrites } };
}
