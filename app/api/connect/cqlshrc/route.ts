import { readCqlshrc } from '@/lib/cassandra/client/cqlshrc';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.cqlshrc.post, ({ input: { text } }) => readCqlshrc(text));
