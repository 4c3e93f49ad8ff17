import 'server-only';
import type { Client } from 'cassandra-driver';
import type { Routing } from '../client/routing';
import { readRingMembers } from './ring-members';

/**
 * Keeps what routing knows of the ring up to date: reads it now, and again when the driver meets a node, loses one, or
 * has one back, which may have other tokens then. Nobody waits for it, and a reading that fails leaves what was known.
 * @returns when the first reading has ended
 */
export function watchRing(client: Client, routing: Routing): Promise<void> {
  let [isReading, isAskedAgain] = [false, false];
  const read = async (): Promise<void> => {
    isAskedAgain = isReading;
    if (isReading) return;
    isReading = true;
    const hosts = client.hosts.values().filter((host) => host.isUp());
    const members = await readRingMembers(client, hosts).catch(() => null);
    if (members !== null) routing.learnMembers(members.map((member) => ({ ...member, id: member.address })));
    isReading = false;
    if (isAskedAgain) await read();
  };
  for (const event of ['hostUp', 'hostAdd', 'hostRemove']) client.on(event, () => void read());
  return read();
}
