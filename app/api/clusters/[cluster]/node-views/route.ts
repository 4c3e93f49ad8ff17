import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { readNodeViews } from '@/lib/verdict/verdict';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.nodeViews.get, ({ cluster }) => readNodeViews(cluster));
