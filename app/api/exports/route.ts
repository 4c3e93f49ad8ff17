import { listExports } from '@/lib/cassandra/export-registry';
import { exportsResponseSchema } from '@/lib/contract/exports';
import { json, route } from '@/lib/http/respond';

export const GET = route(async () => json(exportsResponseSchema, { exports: listExports() }));
