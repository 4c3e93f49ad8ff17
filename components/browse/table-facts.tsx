import { formatCount, plural } from '@/components/ui/format';
import { estimatedRows, type Reading } from '@/lib/reader/reading';

/** How many rows: exact when all were read, else extrapolated and called so; nothing while neither can be told. */
export function RowCount({ reading }: { reading: Reading }) {
  if (reading.phase === 'complete') return <span>{plural(reading.total ?? reading.rows, 'row')}</span>;
  const estimate = estimatedRows(reading);
  if (estimate === null) return null;
  return (
    <span title="Rows read, divided by the share of the token ring that they cover">
      ~{formatCount(roundToTwoDigits(estimate))} rows (extrapolated)
    </span>
  );
}

/** More digits would claim more than is known. */
export function roundToTwoDigits(count: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1);
  return Math.round(count / unit) * unit;
}

/** Replicas in a few characters: `RF 3`, or by datacenter `RF dc1 3, dc2 2`; null where there is no such number. */
export function replicationText(replication: Readonly<Record<string, string>>): string | null {
  const { class: className = '', replication_factor: factor, ...datacenters } = replication;
  if (factor !== undefined) return `RF ${factor}`;
  if (!className.endsWith('NetworkTopologyStrategy')) return null;
  const parts = Object.entries(datacenters);
  return parts.length === 0 ? null : `RF ${parts.map(([name, count]) => `${name} ${count}`).join(', ')}`;
}
