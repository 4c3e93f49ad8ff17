import { exportProgressSchema } from '@/lib/contract/exports';
import { getExport } from '@/lib/export/export-registry';
import { exportProgressResponse } from '@/lib/http/export';
import { json, route } from '@/lib/http/respond';

export { HEAD } from '@/lib/http/head';

type Params = { id: string };

export const GET = route(async (request, { id }: Params) => exportProgressResponse(getExport(id), request.signal));

export const DELETE = route(async (_request, { id }: Params) => {
  const record = getExport(id);
  record.stop();
  return json(exportProgressSchema, record.snapshot());
});
