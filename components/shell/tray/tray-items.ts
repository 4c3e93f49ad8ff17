import { pagePath } from '@/lib/client/paths';
import { type Transfer, type TransferAction, type TransferList, transferOf } from '@/lib/client/transfers';
import { isActive } from '@/lib/contract/transfers';
import type { RunningRead } from '@/lib/reader/running-reads';
import { formatCount, formatShare, plural } from '@/lib/text/format';

/** One long operation: what it is, how far it is, where it is shown, and how it ends. */
export interface TrayItem {
  readonly id: string;
  /** What it is, before its title: "Read". */
  readonly kind: string;
  readonly title: string;
  readonly facts: string;
  /** 0 to 1; null: not known. */
  readonly fraction: number | null;
  readonly running: boolean;
  readonly href: string;
  readonly action: TrayAction | null;
}

type TrayAction =
  | { readonly kind: 'transfer'; readonly transfer: Transfer; readonly does: TransferAction; readonly label: string }
  | { readonly kind: 'call'; readonly call: () => void; readonly label: string };

const KINDS: Readonly<Record<Transfer['kind'], string>> = { job: 'Job', download: 'Download', file: 'File' };

/** What runs now, and the reads that ended while nobody looked. */
export function trayItems({ jobs, files, downloads }: TransferList, reads: readonly RunningRead[]): TrayItem[] {
  const transfers = [...jobs, ...files, ...downloads].map(({ source }) => transferOf(source)).filter(isActive);
  return [...reads.map(ofRead), ...transfers.map(ofTransfer)];
}

function ofTransfer(transfer: Transfer): TrayItem {
  const { kind, id, cluster, title, state, rows, rowsPerSecond, fraction } = transfer;
  return {
    id: `${kind} ${id}`,
    kind: KINDS[kind],
    title,
    facts: state === 'waiting' ? 'queued' : factsText({ rows, rowsPerSecond, fraction }),
    fraction,
    running: true,
    href: pagePath.exports(cluster),
    action: stopOf(transfer),
  };
}

/** A job pauses, so that nothing is lost; the exports page can cancel it. */
function stopOf(transfer: Transfer): TrayAction | null {
  const does = transfer.can.find((action) => action === 'pause' || action === 'stop');
  if (does === undefined) return null;
  return { kind: 'transfer', transfer, does, label: does === 'pause' ? 'Pause' : 'Stop' };
}

const ENDED: Readonly<Record<RunningRead['phase'], string>> = {
  idle: 'not started',
  reading: '',
  paused: 'paused',
  complete: 'complete',
  stopped: 'stopped',
  failed: 'failed',
};

function ofRead({ id, what, label, href, phase, rows, fraction, rowsPerSecond, stop, dismiss }: RunningRead): TrayItem {
  const running = phase === 'reading';
  return {
    id: `read ${id}`,
    kind: what,
    title: label,
    facts: running ? factsText({ rows, rowsPerSecond, fraction }) : `${ENDED[phase]} after ${plural(rows, 'row')}`,
    fraction,
    running,
    href,
    action: running ? { kind: 'call', call: stop, label: 'Stop' } : { kind: 'call', call: dismiss, label: 'Dismiss' },
  };
}

function factsText({ rows, rowsPerSecond, fraction }: Pick<Transfer, 'rows' | 'rowsPerSecond' | 'fraction'>): string {
  return [
    fraction === null ? null : `${formatShare(fraction)} of ring`,
    rows === null ? null : plural(rows, 'row'),
    rowsPerSecond === null ? null : `${formatCount(Math.round(rowsPerSecond))} rows/s`,
  ]
    .filter((fact) => fact !== null)
    .join(' · ');
}
