import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { readTables } from '@/lib/verdict/tables';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.tables.get, ({ cluster }) => readTables(cluster));
