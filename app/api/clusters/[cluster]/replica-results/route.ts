import { readReplicaResults } from '@/lib/cassandra/read/replica-results';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.replicaResults.post, ({ cluster, input, signal, rights }) =>
  readReplicaResults(cluster, input, signal, rights),
);
