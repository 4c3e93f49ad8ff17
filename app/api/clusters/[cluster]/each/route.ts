import * as endpoints from '@/lib/contract/endpoints';
import { eachResponse } from '@/lib/http/each';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.each.post, eachResponse);
