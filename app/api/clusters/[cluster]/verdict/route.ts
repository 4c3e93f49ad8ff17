import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { readVerdict } from '@/lib/verdict/verdict';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.verdict.get, ({ cluster }) => readVerdict(cluster));
