import * as endpoints from '@/lib/contract/endpoints';
import { holdExport } from '@/lib/http/held-exports';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.holdExport.post, holdExport);
