import { exportsResponseSchema } from '@/lib/contract/exports';
import { listExports } from '@/lib/export/export-registry';
import { json, route } from '@/lib/http/respond';

export const GET = route(async () => json(exportsResponseSchema, { exports: listExports() }));
