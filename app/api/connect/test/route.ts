import { testConnectionApart } from '@/lib/cassandra/client/connect-test-process';
import { readNetworks } from '@/lib/config';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.connectTest.post, ({ input, signal }) => {
  const networks = readNetworks();
  return testConnectionApart(input, signal, networks === undefined ? {} : { networks });
});
