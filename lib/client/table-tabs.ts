import { pagePath } from './paths';
import type { TablePlace } from './place';

export type TableTab = 'Rows' | 'Schema' | 'Stats' | 'Load';

/** The views of one table, each with its own address; without those that its reader may not use, but the current one. */
export function tableTabs({ cluster, keyspace, table }: TablePlace, current: TableTab, lacks: readonly string[] = []) {
  const tabs: { label: TableTab; href: string }[] = [
    { label: 'Rows', href: pagePath.table(cluster, keyspace, table) },
    { label: 'Schema', href: pagePath.tableSchema(cluster, keyspace, table) },
    { label: 'Stats', href: pagePath.tableStats(cluster, keyspace, table) },
    { label: 'Load', href: pagePath.tableLoad(cluster, keyspace, table) },
  ];
  const shown = tabs.filter(({ label }) => label === current || label !== 'Load' || !lacks.includes('write'));
  return shown.map((tab) => ({ ...tab, current: tab.label === current }));
}
