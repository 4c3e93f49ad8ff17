import { serverAudit } from '@/lib/audit/server-audit';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { allClusters } from '@/lib/cassandra/client/registry';
import * as endpoints from '@/lib/contract/endpoints';
import type { Principal } from '@/lib/contract/principal';
import { demoProgress } from '@/lib/demo-progress';
import { shownPass } from '@/lib/http/approvals';
import { publicError } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { ownCassandra } from '@/lib/own-cassandra';
import { seesCluster } from '@/lib/rights/visible';
import { serverApprovals } from '@/lib/server-approvals';

export { HEAD } from '@/lib/http/head';

/** For the page: server/decide.mjs refuses requests that could come from another site. */
export const GET = route(endpoints.state.get, async ({ rights, principal }) => {
  const [demo, own] = await Promise.all([demoProgress(), ownCassandra()]);
  const seen = allClusters().filter(({ name }) => seesCluster(rights, name));
  const clusters = seen.map((cluster) => {
    const { error, ...health } = cluster.health();
    return error === undefined ? health : { ...health, error: publicError(error) };
  });
  const start = { ...(demo === null ? {} : { demo }), ...(own === null ? {} : { own }) };
  return { clusters, ...start, ...auditFailing(), ...passesOf(seen, principal) };
});

function auditFailing() {
  const { failing, refusesWrites = false } = serverAudit()?.standing ?? {};
  return failing == null ? {} : { audit: { since: failing.since, refusesWrites } };
}

/** Everybody who sees a cluster sees who may change it alone. */
function passesOf(seen: readonly Cluster[], principal: Principal) {
  const { passes } = serverApprovals();
  const all = seen.flatMap(({ name }) => passes.of(name)).map((pass) => shownPass(pass, principal));
  return all.length === 0 ? {} : { passes: all };
}
