import * as endpoints from '@/lib/contract/endpoints';
import { revokedApiToken } from '@/lib/http/api-tokens';
import { route } from '@/lib/http/route';

export const DELETE = route(endpoints.apiToken.delete, ({ params: { id }, headers }) => revokedApiToken(id, headers));
