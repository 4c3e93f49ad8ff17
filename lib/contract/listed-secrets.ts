import * as z from 'zod/mini';
import { type ClusterConfig, DEFAULT_PORT } from './configuration';
import { ownValue } from './json';
import { listedNameSchema } from './secret';

/** A secret that clusters refer to by its name, and the only contact points that it may be sent to. */
export const listedSecretsSchema = z.record(
  listedNameSchema,
  z.union([
    z.strictObject({ env: z.string(), contactPoints: z.array(z.string()) }),
    z.strictObject({ file: z.string(), contactPoints: z.array(z.string()) }),
  ]),
);
export type ListedSecrets = z.infer<typeof listedSecretsSchema>;

/** References to secrets that are not on the list, or not for all contact points of the cluster. */
export function secretFaults(cluster: ClusterConfig, secrets: ListedSecrets): { key: string; message: string }[] {
  return (['username', 'password'] as const).flatMap((key) => {
    const value = cluster[key];
    if (typeof value !== 'object' || !('secret' in value)) return [];
    const listed = ownValue(secrets, value.secret);
    if (listed === undefined) return { key, message: `there is no secret “${value.secret}” in secrets` };
    const bound = new Set(listed.contactPoints.map((point) => withPort(point, DEFAULT_PORT)));
    const other = cluster.contactPoints.find((point) => !bound.has(withPort(point, cluster.port)));
    if (other === undefined) return [];
    const message = `secrets.${value.secret}.contactPoints does not list ${withPort(other, cluster.port)}`;
    return { key, message };
  });
}

/** `host:port`, or `[address]:port` for IPv6. */
function withPort(point: string, port: number): string {
  if (/^\[.*\]:\d+$/.test(point)) return point.toLowerCase();
  const parts = point.split(':').length - 1;
  if (parts === 1) return point.toLowerCase();
  return `${parts > 1 && !point.startsWith('[') ? `[${point}]` : point}:${port}`.toLowerCase();
}
