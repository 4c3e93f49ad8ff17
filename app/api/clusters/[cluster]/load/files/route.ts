import { readLoadSettings } from '@/lib/config';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { listAllowed } from '@/lib/load/allowed-files';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.loadFiles.get, ({ input: { path } }) =>
  listAllowed(readLoadSettings().directories, path ?? null),
);
