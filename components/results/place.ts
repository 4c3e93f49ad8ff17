/** Where a result's rows come from, as far as it is known; names as they are stored. */
export interface ResultPlace {
  readonly cluster: string;
  /** The keyspace that names of types belong to. */
  readonly keyspace: string | null;
  readonly table: string | null;
}
