import { testConnectionApart } from '@/lib/cassandra/client/connect-test-process';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.connectTest.post, ({ input, signal }) => testConnectionApart(input, signal));
