import type { Filter } from '@/lib/contract/filters';
import { jsonText } from '@/lib/contract/json';

/** Every address of Ringside in one place; names are encoded here and nowhere else. */

const segment = encodeURIComponent;

/** What the exports page is filled in with: a table, or a statement. */
interface ExportPlace {
  keyspace?: string;
  statement?: string;
  table?: string;
  filters?: readonly Filter[];
  filtering?: boolean;
  columns?: readonly string[] | null;
}

export const pagePath = {
  connect: '/connect',
  overview: (cluster: string) => `/${segment(cluster)}`,
  query: (cluster: string, state: { statement?: string; keyspace?: string } = {}) =>
    withSearch(`/${segment(cluster)}/query`, state),
  ring: (cluster: string, state: { keyspace?: string; table?: string } = {}) =>
    withSearch(`/${segment(cluster)}/ring`, state),
  exports: (cluster: string, state: ExportPlace = {}) =>
    withSearch(`/${segment(cluster)}/exports`, {
      keyspace: state.keyspace,
      table: state.table,
      statement: state.statement,
      filters: state.filters?.length ? jsonText(state.filters) : undefined,
      filtering: state.filtering ? 'true' : undefined,
      columns: state.columns ? JSON.stringify(state.columns) : undefined,
    }),
  keyspace: (cluster: string, keyspace: string) => `/${segment(cluster)}/keyspaces/${segment(keyspace)}`,
  table: (cluster: string, keyspace: string, table: string) =>
    `/${segment(cluster)}/keyspaces/${segment(keyspace)}/${segment(table)}`,
  tableSchema: (cluster: string, keyspace: string, table: string) =>
    `/${segment(cluster)}/keyspaces/${segment(keyspace)}/${segment(table)}/schema`,
  tableStats: (cluster: string, keyspace: string, table: string) =>
    `/${segment(cluster)}/keyspaces/${segment(keyspace)}/${segment(table)}/stats`,
};

export const apiPath = {
  restartOwnCassandra: '/api/own-cassandra/restart',
  state: '/api/state',
  tickets: '/api/tickets',
  clusters: '/api/clusters',
  connectTest: '/api/connect/test',
  cqlshrc: '/api/connect/cqlshrc',
  schema: (cluster: string) => `/api/clusters/${segment(cluster)}/schema`,
  sizes: (cluster: string) => `/api/clusters/${segment(cluster)}/sizes`,
  describe: (cluster: string, keyspace: string, table?: string) =>
    withSearch(`/api/clusters/${segment(cluster)}/describe`, { keyspace, ...(table === undefined ? {} : { table }) }),
  topology: (cluster: string, keyspace?: string) =>
    withSearch(`/api/clusters/${segment(cluster)}/topology`, keyspace === undefined ? {} : { keyspace }),
  replicas: (cluster: string) => `/api/clusters/${segment(cluster)}/replicas`,
  classify: (cluster: string) => `/api/clusters/${segment(cluster)}/classify`,
  rows: (cluster: string, keyspace: string, table: string) =>
    `/api/clusters/${segment(cluster)}/tables/${segment(keyspace)}/${segment(table)}/rows`,
  rowCopies: (cluster: string, keyspace: string, table: string) => `${tablePath(cluster, keyspace, table)}/row-copies`,
  tableStats: (cluster: string, keyspace: string, table: string) => `${tablePath(cluster, keyspace, table)}/stats`,
  tableDetails: (cluster: string, keyspace: string, table: string) => `${tablePath(cluster, keyspace, table)}/details`,
  sample: (cluster: string, keyspace: string, table: string) => `${tablePath(cluster, keyspace, table)}/sample`,
  query: (cluster: string) => `/api/clusters/${segment(cluster)}/query`,
  export: (cluster: string) => `/api/clusters/${segment(cluster)}/export`,
  exports: '/api/exports',
  exportProgress: (id: string) => `/api/exports/${segment(id)}`,
  count: (cluster: string) => `/api/clusters/${segment(cluster)}/count`,
  startJob: (cluster: string) => `/api/clusters/${segment(cluster)}/jobs`,
  jobs: '/api/jobs',
  job: (id: string) => `/api/jobs/${segment(id)}`,
  jobPart: (id: string, part: string) => `/api/jobs/${segment(id)}/parts/${segment(part)}`,
};

function tablePath(cluster: string, keyspace: string, table: string): string {
  return `/api/clusters/${segment(cluster)}/tables/${segment(keyspace)}/${segment(table)}`;
}

function withSearch(path: string, search: Record<string, string | undefined>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) if (value !== undefined) params.set(name, value);
  return params.size === 0 ? path : `${path}?${params}`;
}
