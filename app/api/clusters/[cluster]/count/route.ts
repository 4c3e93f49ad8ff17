import * as endpoints from '@/lib/contract/endpoints';
import { countResponse } from '@/lib/http/count';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.count.post, countResponse);
