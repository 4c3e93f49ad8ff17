import 'server-only';
import { BlockList, isIP } from 'node:net';
import type { NetworksConfig } from '@/lib/contract/networks';
import { Failure } from '../../failure';

/**
 * Cloud providers hand out credentials at link-local addresses, and Amazon at one more; the last is the same for IPv4
 * addresses that are reached by NAT64.
 */
const ALWAYS_DENIED = ['169.254.0.0/16', 'fe80::/10', 'fd00:ec2::254', '64:ff9b::a9fe:0/112'];

/** Why Ringside must not connect to an IP address; null: it may. */
export type RefusalOf = (address: string) => Failure | null;

/**
 * Which addresses Ringside may connect to.
 * @param purpose what for, for messages: `the cluster “production”`
 */
export function refusalsOf(purpose: string, { allow, deny }: NetworksConfig = { deny: [] }): RefusalOf {
  const [always, denied] = [blockList(ALWAYS_DENIED), blockList(deny)];
  const allowed = allow === undefined ? null : blockList(allow);
  return (address) => {
    if (contains(always, address)) {
      return refused(
        `${address} is a link-local or metadata address: Ringside does not connect to it for ${purpose}.`,
        'Cloud providers hand out credentials there. Check contactPoints, addressMap and what the nodes announce.',
      );
    }
    const hint = 'Change the address, or ask whoever runs Ringside to change networks in its configuration.';
    if (contains(denied, address)) return refused(`networks.deny refuses the address ${address} for ${purpose}.`, hint);
    if (allowed === null || contains(allowed, address)) return null;
    return refused(`networks.allow does not contain the address ${address} for ${purpose}.`, hint);
  };
}

function refused(message: string, hint: string): Failure {
  return new Failure({ code: 'address_refused', message, hint, retryable: false });
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const family = familyOf(address);
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

/** IPv4 addresses written as IPv6 count as IPv4; a connection to “any address” reaches this machine. */
function contains(list: BlockList, address: string): boolean {
  const plain = address.replace(/%.*$/, '');
  const reached = /^[0.]+$/.test(plain) ? '127.0.0.1' : /^[0:]+$/.test(plain) ? '::1' : plain;
  return list.check(reached, familyOf(reached));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
