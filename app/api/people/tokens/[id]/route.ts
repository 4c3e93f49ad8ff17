import * as endpoints from '@/lib/contract/endpoints';
import { apiTokenEndedByAdmin } from '@/lib/http/api-tokens';
import { route } from '@/lib/http/route';

export const DELETE = route(endpoints.peopleApiToken.delete, ({ params: { id } }) => apiTokenEndedByAdmin(id));
