/** The driver's types that other server rooms pass on to this one; none of them calls the driver. */
export type { Client, Host } from 'cassandra-driver';
