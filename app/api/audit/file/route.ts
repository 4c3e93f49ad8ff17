import * as endpoints from '@/lib/contract/endpoints';
import { auditFileResponse } from '@/lib/http/audit-search';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.auditFile.get, ({ input }) => auditFileResponse(input));
