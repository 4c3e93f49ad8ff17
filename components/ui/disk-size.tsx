import { formatBytes } from '@/lib/text/format';

/** A size on disk as nodes report it, in MiB rounded up, so 0 means nothing. Null: unknown. */
export function DiskSize({ mebibytes, unknown }: { mebibytes: number | null; unknown: string }) {
  if (mebibytes) return `≤ ${formatBytes(mebibytes * 2 ** 20)}`;
  return <span className="font-normal text-faint text-sm">{mebibytes === null ? unknown : 'nothing on disk'}</span>;
}
