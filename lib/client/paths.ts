import type { Filter } from '@/lib/contract/filters';
import { jsonText } from '@/lib/contract/json';
import { ADDRESS_CHARACTERS } from '@/lib/contract/limits';
import { CLUSTER_PAGES, type ClusterPage } from './pages';

/** The addresses of all pages; `addressOf` makes those of the API. Names are encoded here and nowhere else. */

const segment = encodeURIComponent;

/** What the exports page starts with: a table, or a statement. */
interface ExportParameters {
  keyspace?: string;
  statement?: string;
  /** The id of a statement too long for an address. */
  text?: string;
  table?: string;
  filters?: readonly Filter[];
  filtering?: boolean;
  columns?: readonly string[] | null;
  /** The page that links here sorts or filters the rows itself, which a file does not. */
  arranged?: boolean;
}

/** The address that the navigation opens for a page of a cluster. */
export function clusterPath(cluster: string, page: ClusterPage): string {
  const { segment: last } = CLUSTER_PAGES[page];
  return last === '' ? `/${segment(cluster)}` : `/${segment(cluster)}/${last}`;
}

export const pagePath = {
  connect: '/connect',
  clusters: '/connect/clusters',
  overview: (cluster: string) => clusterPath(cluster, 'overview'),
  query: (
    cluster: string,
    state: { statement?: string; keyspace?: string; values?: string; saved?: string; text?: string } = {},
  ) => withSearch(clusterPath(cluster, 'query'), state),
  ring: (cluster: string, state: { keyspace?: string; table?: string } = {}) =>
    withSearch(clusterPath(cluster, 'ring'), state),
  nodes: (cluster: string) => clusterPath(cluster, 'nodes'),
  /** @param node its host id, which it keeps when its address changes, or `host:port` */
  node: (cluster: string, node: string) => `${clusterPath(cluster, 'nodes')}/${segment(node)}`,
  tables: (cluster: string, state: { of?: string; table?: string } = {}) =>
    withSearch(clusterPath(cluster, 'tables'), state),
  events: (cluster: string) => clusterPath(cluster, 'events'),
  exports: (cluster: string, state: ExportParameters = {}) =>
    withSearch(clusterPath(cluster, 'exports'), {
      keyspace: state.keyspace,
      table: state.table,
      statement: state.statement,
      text: state.text,
      filters: state.filters?.length ? jsonText(state.filters) : undefined,
      filtering: state.filtering ? 'true' : undefined,
      columns: state.columns ? JSON.stringify(state.columns) : undefined,
      arranged: state.arranged ? 'true' : undefined,
    }),
  keyspace: (cluster: string, keyspace: string) => `/${segment(cluster)}/keyspaces/${segment(keyspace)}`,
  table: (
    cluster: string,
    keyspace: string,
    table: string,
    { filters, filtering }: Pick<ExportParameters, 'filters' | 'filtering'> = {},
  ) =>
    withSearch(`/${segment(cluster)}/keyspaces/${segment(keyspace)}/${segment(table)}`, {
      filters: filters?.length ? jsonText(filters) : undefined,
      filtering: filtering ? 'true' : undefined,
    }),
  tableSchema: (cluster: string, keyspace: string, table: string) =>
    `/${segment(cluster)}/keyspaces/${segment(keyspace)}/${segment(table)}/schema`,
  tableStats: (cluster: string, keyspace: string, table: string) =>
    `/${segment(cluster)}/keyspaces/${segment(keyspace)}/${segment(table)}/stats`,
  /** @param again the job whose failed records are loaded again */
  tableLoad: (cluster: string, keyspace: string, table: string, again?: string) =>
    withSearch(`/${segment(cluster)}/keyspaces/${segment(keyspace)}/${segment(table)}/load`, { again }),
};

function withSearch(path: string, search: Record<string, string | undefined>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) if (value !== undefined) params.set(name, value);
  return params.size === 0 ? path : `${path}?${params}`;
}

/** False for an address that a server, a proxy or a chat would cut or refuse. */
export function fitsAddress(address: string): boolean {
  return address.length <= ADDRESS_CHARACTERS;
}
