import * as endpoints from '@/lib/contract/endpoints';
import { findResponse } from '@/lib/http/find';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.find.post, findResponse);
