import { formatBytes } from '@/lib/text/format';

/** A size as servers tell it: in MiB, rounded up, so that 0 is nothing at all. Null: nobody has told it. */
export function DiskSize({ mebibytes, unknown }: { mebibytes: number | null; unknown: string }) {
  if (mebibytes) return `≤ ${formatBytes(mebibytes * 2 ** 20)}`;
  return <span className="font-normal text-faint text-sm">{mebibytes === null ? unknown : 'no SSTables yet'}</span>;
}
