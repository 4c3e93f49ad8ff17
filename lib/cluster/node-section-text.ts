import { formatBytes } from '@/lib/text/format';

interface SectionText {
  readonly label: string;
  readonly isNumber: boolean;
  /** A value of the server as people read it. */
  readonly read: (value: string) => string;
}

const plain = (value: string) => value;
/** The states of a session in system.repairs: Cassandra's ConsistentSession.State. */
const REPAIR_STATES = ['preparing', 'prepared', 'repairing', 'finalize promised', 'finalized', 'failed'];
/** A task may read more than it expected to, which is no more than all of it. */
const share = (ratio: number) => `${(Math.min(ratio, 1) * 100).toFixed(1)} %`;
/** Groups the digits of a whole number of any size, which stays exact. */
const grouped = (value: string) => value.replace(/\B(?=(\d{3})+$)/g, ',');

const COUNTS = /_tasks(_limit|_all_time)?$|^files(_|$)|_count$|^progress$|^total$/;
const BYTES = /^bytes_|_bytes$|^true_size$|^size_on_disk$/;

/** How a column of a node's virtual table is headed and read: micros as time, bytes as sizes, counts in groups of digits. */
export function sectionText(column: string): SectionText {
  const label = column.replace(/_(bytes|micros|name|percentage)$/, '').replaceAll('_', ' ');
  const head = label.charAt(0).toUpperCase() + label.slice(1);
  if (BYTES.test(column)) return { label: head, isNumber: true, read: (value) => formatBytes(Number(value)) };
  if (column.endsWith('_micros')) return { label: `${head}, ms`, isNumber: true, read: (value) => millis(value) };
  if (column.endsWith('_ratio')) return { label: head, isNumber: true, read: (value) => share(Number(value)) };
  if (column.endsWith('_percentage'))
    return { label: head, isNumber: true, read: (value) => share(Number(value) / 100) };
  if (column.endsWith('_per_second'))
    return { label: head.replace(/ per second$/, '/s'), isNumber: true, read: grouped };
  if (column === 'state')
    return { label: head, isNumber: false, read: (value) => REPAIR_STATES[Number(value)] ?? value };
  if (COUNTS.test(column)) return { label: head, isNumber: true, read: grouped };
  return { label: head, isNumber: false, read: plain };
}

/** Micros as milliseconds, to the last digit. */
function millis(value: string): string {
  const padded = value.padStart(4, '0');
  return `${grouped(padded.slice(0, -3))}.${padded.slice(-3)}`;
}
