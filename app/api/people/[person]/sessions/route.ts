import * as endpoints from '@/lib/contract/endpoints';
import { endedOfPerson } from '@/lib/http/people-sessions';
import { route } from '@/lib/http/route';

export const DELETE = route(endpoints.personSessions.delete, ({ params: { person } }) => endedOfPerson(person));
