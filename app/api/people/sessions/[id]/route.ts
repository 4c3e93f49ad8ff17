import * as endpoints from '@/lib/contract/endpoints';
import { endedByAdmin } from '@/lib/http/people-sessions';
import { route } from '@/lib/http/route';

export const DELETE = route(endpoints.peopleSession.delete, ({ params: { id } }) => endedByAdmin(id));
