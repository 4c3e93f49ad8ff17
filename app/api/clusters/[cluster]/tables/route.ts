import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { visibleTables } from '@/lib/rights/visible';
import { readTables } from '@/lib/verdict/tables';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.tables.get, async ({ cluster, rights }) => {
  const read = await readTables(cluster);
  return { ...read, tables: visibleTables(read.tables, rights, cluster.name) };
});
