import { exportsResponseSchema } from '@/lib/contract/exports';
import { availableCompressions } from '@/lib/export/compress';
import { listExports } from '@/lib/export/export-registry';
import { json, route } from '@/lib/http/respond';

export { HEAD } from '@/lib/http/head';

export const GET = route(async () =>
  json(exportsResponseSchema, { exports: listExports(), compressions: availableCompressions() }),
);
