import * as z from 'zod/mini';
import type { ClusterConfig } from './configuration';

/** A network or one address: `10.0.0.0/8`, `fd00::/8`, `10.0.0.11`. */
const networkSchema = z
  .string()
  .check(z.refine(isNetwork, 'a network such as 10.0.0.0/8 or fd00::/8, or one IP address'));

/** By hand: every page would load the library's patterns for each form of address, wherever they are used. */
function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  if (rest.length > 0 || (prefix !== undefined && !/^\d{1,3}$/.test(prefix))) return false;
  if (address.includes(':')) return isIpv6(address) && Number(prefix ?? 0) <= 128;
  const octets = address.split('.');
  const isIpv4 =
    octets.length === 4 && octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet) && Number(octet) <= 255);
  return isIpv4 && Number(prefix ?? 0) <= 32;
}

function isIpv6(address: string): boolean {
  try {
    return /^[0-9a-f:.]+$/i.test(address) && new URL(`http://[${address}]`).hostname !== '';
  } catch {
    return false;
  }
}

/** Where Ringside may connect to reach a cluster. Link-local addresses are always refused. */
export const networksSchema = z.strictObject({
  /** Only these; absent: every network that is not denied. */
  allow: z.optional(z.array(networkSchema)),
  deny: z._default(z.array(networkSchema), []),
});
export type NetworksConfig = z.infer<typeof networksSchema>;

/** A cluster, with what the rest of the configuration says about how to reach it. */
export type ConfiguredCluster = ClusterConfig & { readonly networks?: NetworksConfig };
