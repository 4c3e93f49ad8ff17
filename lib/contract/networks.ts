import * as z from 'zod/mini';
import type { ClusterConfig } from './configuration';

/** A network or one address: `10.0.0.0/8`, `fd00::/8`, `10.0.0.11`. */
const networkSchema = z.union(
  [z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()],
  'a network such as 10.0.0.0/8 or fd00::/8, or one IP address',
);

/** Where Ringside may connect to reach a cluster. Link-local addresses are always refused. */
export const networksSchema = z.strictObject({
  /** Only these; absent: every network that is not denied. */
  allow: z.optional(z.array(networkSchema)),
  deny: z._default(z.array(networkSchema), []),
});
export type NetworksConfig = z.infer<typeof networksSchema>;

/** A cluster, with what the rest of the configuration says about how to reach it. */
export type ConfiguredCluster = ClusterConfig & { readonly networks?: NetworksConfig };
