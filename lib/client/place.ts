/** A table of a cluster, by names as they are stored. */
export interface TablePlace {
  readonly cluster: string;
  readonly keyspace: string;
  readonly table: string;
}
