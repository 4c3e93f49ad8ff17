import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { mute, unmute } from '@/lib/verdict/verdict';

export const POST = route(endpoints.mutes.post, ({ cluster, input, principal }) => mute(cluster, input, principal.id));

export const DELETE = route(endpoints.mutes.delete, ({ cluster, input: { id } }) => unmute(cluster, id));
