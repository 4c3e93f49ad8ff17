/** More digits would claim more precision than there is. */
export function roundToTwoDigits(count: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1);
  return Math.round(count / unit) * unit;
}

/** Replication in a few characters: `RF 3`, or by datacenter `RF dc1 3, dc2 2`; null where there is no such number. */
export function replicationText(replication: Readonly<Record<string, string>>): string | null {
  const { class: className = '', replication_factor: factor, ...datacenters } = replication;
  if (factor !== undefined) return `RF ${factor}`;
  if (!className.endsWith('NetworkTopologyStrategy')) return null;
  const parts = Object.entries(datacenters);
  return parts.length === 0 ? null : `RF ${parts.map(([name, count]) => `${name} ${count}`).join(', ')}`;
}
