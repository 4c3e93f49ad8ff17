/** What other server rooms pass on to this one, by the driver's own types: none of them calls the driver. */
export type { Client, Host } from 'cassandra-driver';
