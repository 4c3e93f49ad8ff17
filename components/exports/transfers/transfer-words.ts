import { scanFacts } from '@/components/results/count/scan-facts';
import type { Tone } from '@/components/ui/badge';
import { loadFacts } from '@/lib/client/load-words';
import { manyFacts } from '@/lib/client/many-words';
import { comparedFacts, copiedFacts } from '@/lib/client/move-words';
import type { Transfer } from '@/lib/client/transfers';
import { isActive, type TransferState } from '@/lib/contract/transfers';
import { sparkFacts } from '@/lib/spark/plan/progress-words';
import { formatBytes, formatCount, formatElapsed, formatShare, plural } from '@/lib/text/format';

/** A transfer's state, in words that never call an unfinished thing finished. */
export interface TransferStanding {
  readonly tone: Tone;
  readonly label: string;
  /** What to know or do; absent while it runs and when all is well. */
  readonly advice?: string;
}

const STATES: Readonly<Record<TransferState, Omit<TransferStanding, 'advice'> & { readonly isCut?: true }>> = {
  waiting: { tone: 'neutral', label: 'Queued' },
  running: { tone: 'accent', label: 'Running' },
  paused: { tone: 'warn', label: 'Paused', isCut: true },
  stopped: { tone: 'warn', label: 'Stopped', isCut: true },
  failed: { tone: 'danger', label: 'Failed', isCut: true },
  broken: { tone: 'danger', label: 'Interrupted', isCut: true },
  cancelled: { tone: 'neutral', label: 'Cancelled', isCut: true },
  complete: { tone: 'ok', label: 'Complete' },
};

const RESUME = 'Resume continues where it left off.';
const START_NEW = ' Delete it and start a new one.';

export function standingOf(transfer: Transfer): TransferStanding {
  const { tone, label, isCut } = STATES[transfer.state];
  const advice = [isCut === undefined ? '' : incomplete(transfer), withheldWords(transfer)].filter((one) => one !== '');
  return advice.length === 0 ? { tone, label } : { tone, label, advice: advice.join(' ') };
}

/** Why its files are not offered. What runs is paused by the server, which then says why. */
function withheldWords({ state, withheld, output }: Transfer): string {
  if (withheld === undefined || isActive({ state })) return '';
  const hasFiles = output.kind === 'directory' && output.parts.length > 0;
  return hasFiles ? `Its files cannot be downloaded. ${withheld}` : withheld;
}

/** What an unfinished transfer leaves, and what to do about it. */
function incomplete({ kind, rows, output, can, changes, copied, compared, load, spark, withheld }: Transfer): string {
  if (spark !== undefined) return 'Spark did not finish, so nothing that it wrote counts as complete. Start a new job.';
  const canResume = can.includes('resume');
  if ((changes ?? copied ?? compared) !== undefined) {
    return `Not all rows were met. ${canResume ? 'Resume continues after the last one.' : 'This job cannot be resumed.'}`;
  }
  if (load !== undefined) {
    return `Not all records were read. ${canResume ? 'Resume continues after the last one.' : 'This job cannot be resumed.'}`;
  }
  if (output.kind === 'directory') {
    const whole = output.parts.filter(({ sha256 }) => sha256 !== null).length;
    const then = canResume ? RESUME : `This job cannot be resumed.${withheld === undefined ? START_NEW : ''}`;
    return `The directory is incomplete (${plural(whole, 'complete part')} so far). ${then}`;
  }
  const { name } = output;
  if (kind === 'download' && rows === 0) {
    return `No rows were written. If the browser saved ${name} anyway, delete it: it is incomplete.`;
  }
  const what = `${name} is incomplete: it ends before the last row.`;
  if (kind === 'download') {
    return `${what} Delete it and start over. A download cannot be resumed; a job, or a file that this page saves to disk, can.`;
  }
  return canResume ? `${what} ${RESUME}` : `${what} It cannot be resumed. Start over.`;
}

const KIB = 1_024;

/** How far it is, or what it came to. */
export function factsOf(transfer: Transfer): string[] {
  const { changes, copied, compared, load, spark } = transfer;
  const facts = isActive(transfer) ? runningFacts(transfer) : endedFacts(transfer);
  return [
    ...facts,
    ...(changes === undefined ? [] : manyFacts(changes)),
    ...(copied === undefined ? [] : copiedFacts(copied)),
    ...(compared === undefined ? [] : comparedFacts(compared)),
    ...(load === undefined ? [] : loadFacts(load, isActive(transfer))),
    ...(spark === undefined ? [] : sparkFacts(spark)),
  ];
}

function runningFacts({ scan, rows, bytes }: Transfer): string[] {
  const { before, after } = scan === null ? { before: [], after: [] } : scanFacts(scan);
  return [...before, ...rowsText(rows), formatBytes(bytes), ...after];
}

/** For an unfinished transfer also its share of the ring. */
function endedFacts({ state, rows, bytes, fraction, elapsedMs, rowsPerSecond }: Transfer): string[] {
  const moved = [...rowsText(rows), bytesText(bytes)];
  const isComplete = state === 'complete';
  if (!isComplete) moved[0] = `ended after ${moved[0]}`;
  if (!isComplete && fraction !== null) moved.push(`${formatShare(fraction)} of ring`);
  if (elapsedMs !== null) moved.push(formatElapsed(elapsedMs));
  if (rowsPerSecond !== null) moved.push(`${formatCount(Math.round(rowsPerSecond))} rows/s`);
  return moved;
}

/** Rounded, with the exact number after it: where nothing is rounded, it is the number. */
function bytesText(bytes: number): string {
  return bytes < KIB ? formatBytes(bytes) : `${formatBytes(bytes)} (${formatCount(bytes)} bytes)`;
}

function rowsText(rows: number | null): string[] {
  return rows === null ? [] : [plural(rows, 'row')];
}

/** What the line is called: `Export of flights.airports`. */
export function labelOf({ kind, title }: Transfer): string {
  return `${LABELS[kind]} of ${title}`;
}

const LABELS: Readonly<Record<Transfer['kind'], string>> = { job: 'Job', download: 'Export', file: 'File' };

const CLOCK = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** Small facts beside the title: what it writes and when it started, by this browser's clock. */
export function noteOf({ kind, output, startedAt, resumed }: Transfer): string {
  const what =
    output.kind === 'directory' ? output.about : [kind === 'file' ? `${output.name} on this computer` : output.name];
  const again = resumed === 0 ? [] : [`resumed ${resumed === 1 ? 'once' : `${resumed} times`}`];
  return [...what, CLOCK.format(new Date(startedAt)), ...again].join(' · ');
}
