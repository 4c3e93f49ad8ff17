import * as endpoints from '@/lib/contract/endpoints';
import { getExport } from '@/lib/export/export-registry';
import { exportProgressResponse } from '@/lib/http/export';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.exportProgress.get, ({ params: { id }, principal, signal }) =>
  exportProgressResponse(getExport(id, principal), signal),
);

export const DELETE = route(endpoints.exportProgress.delete, ({ params: { id }, principal }) => {
  const record = getExport(id, principal);
  record.stop();
  return record.snapshot();
});
