import * as endpoints from '@/lib/contract/endpoints';
import { openHeldExport } from '@/lib/http/held-exports';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.heldDownload.get, openHeldExport);
