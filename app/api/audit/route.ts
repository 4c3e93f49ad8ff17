import * as endpoints from '@/lib/contract/endpoints';
import { auditResponse } from '@/lib/http/audit-search';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.audit.get, ({ input }) => auditResponse(input));
