import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { tableRowsResponse } from '@/lib/http/table-rows';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.rows.get, tableRowsResponse);
export const POST = route(endpoints.rows.post, tableRowsResponse);
