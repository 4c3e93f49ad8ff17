import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { keptTexts } from '@/lib/statements/saved';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.keptText.get, ({ params: { id } }) => keptTexts().read(id));
