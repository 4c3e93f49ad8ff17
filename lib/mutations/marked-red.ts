import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';

/** Whether a cluster's colour warns: red is the usual mark of production. */
export function isMarkedRed(cluster: Cluster): boolean {
  const { colour } = cluster.summary();
  return colour !== null && isRed(colour);
}

/** What must be typed before rows are put into a table of this cluster; null: nothing. */
export function confirmNameOf(cluster: Cluster, table: string): string | null {
  return isMarkedRed(cluster) ? table : null;
}

/** @param colour `#` and six hex digits */
function isRed(colour: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return red >= 128 && green * 2 <= red && blue * 2 <= red;
}
