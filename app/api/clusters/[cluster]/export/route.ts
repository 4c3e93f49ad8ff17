import * as endpoints from '@/lib/contract/endpoints';
import { openExport } from '@/lib/http/export';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.download.get, openExport);
export const POST = route(endpoints.download.post, openExport);
