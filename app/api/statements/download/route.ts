import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { savedFilesResponse } from '@/lib/http/saved-files';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.savedFiles.get, ({ input: { path }, principal }) =>
  savedFilesResponse(principal, path),
);
