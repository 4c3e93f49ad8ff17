import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { keptTexts } from '@/lib/statements/saved';

export const POST = route(endpoints.keepText.post, ({ input }) => keptTexts().keep(input));
