import * as endpoints from '@/lib/contract/endpoints';
import { availableCompressions } from '@/lib/export/compress';
import { listExports } from '@/lib/export/export-registry';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.exportList.get, ({ principal }) => ({
  exports: listExports(principal),
  compressions: availableCompressions(),
}));
