import { pagePath } from './paths';

export type TableTab = 'Rows' | 'Schema' | 'Stats' | 'Load';

/** The views of one table, each with its own address. */
export function tableTabs(cluster: string, keyspace: string, table: string, current: TableTab) {
  const tabs = [
    { label: 'Rows', href: pagePath.table(cluster, keyspace, table) },
    { label: 'Schema', href: pagePath.tableSchema(cluster, keyspace, table) },
    { label: 'Stats', href: pagePath.tableStats(cluster, keyspace, table) },
    { label: 'Load', href: pagePath.tableLoad(cluster, keyspace, table) },
  ];
  return tabs.map((tab) => ({ ...tab, current: tab.label === current }));
}
