import { jsonText } from '@/lib/contract/json';
import type { CellCopy, RowCopiesResponse, RowCopy } from '@/lib/contract/row-copies';

/** How one replica's cell compares with the others: `newest` and `older` only where they differ. */
export type CellComparison = 'same' | 'newest' | 'older' | 'different' | 'absent' | 'unanswered';

export interface ComparedCell {
  readonly copy: CellCopy | null;
  readonly standing: CellComparison;
}

export interface ComparedColumn {
  readonly name: string;
  readonly type: string;
  readonly differs: boolean;
  /** Why there is no write time; null where there is one to compare. */
  readonly ageless: string | null;
  /** One per replica, in their order. */
  readonly cells: readonly ComparedCell[];
}

export interface Comparison {
  readonly columns: readonly ComparedColumn[];
  /** Replicas that answered. */
  readonly answered: number;
  /** Of these, those without the row. */
  readonly absent: readonly string[];
  /** Columns in which the replicas that answered differ. */
  readonly differing: readonly string[];
}

/** Compares the copies of a row. A TTL that runs down between two reads is no difference; a write time is. */
export function compareCopies({ columns, copies }: Pick<RowCopiesResponse, 'columns' | 'copies'>): Comparison {
  const compared = columns.map((column, index): ComparedColumn => {
    const own = copies.map((copy) => cellOf(copy, index));
    const known = own.filter((cell) => cell !== undefined);
    const differs = new Set(known.map(fingerprint)).size > 1;
    const newest = known.reduce<bigint | null>((most, cell) => latest(most, timeOf(cell)), null);
    return {
      name: column.name,
      type: column.type,
      ageless: column.ageless,
      differs,
      cells: own.map((cell) => ({ copy: cell ?? null, standing: standingOf(cell, differs, newest) })),
    };
  });
  const answers = copies.filter(({ cells }) => cells !== null);
  return {
    columns: compared,
    answered: answers.length,
    absent: answers.filter(({ cells }) => cells?.length === 0).map(({ node }) => node),
    differing: compared.filter(({ differs }) => differs).map(({ name }) => name),
  };
}

/** Columns that get a line: those that differ first, then the rest. Columns that no replica has a value in are only named. */
export function shownColumns({ columns }: Comparison): {
  readonly shown: readonly ComparedColumn[];
  readonly empty: readonly string[];
} {
  const isEmpty = ({ differs, cells }: ComparedColumn) =>
    !differs && cells.every(({ copy }) => copy === null || (copy.value === null && copy.writeTimeMicros === null));
  const shown = columns.filter((column) => !isEmpty(column));
  return {
    shown: [...shown.filter(({ differs }) => differs), ...shown.filter(({ differs }) => !differs)],
    empty: columns.filter(isEmpty).map(({ name }) => name),
  };
}

/** Undefined: the replica did not answer; null: it has no such row. */
function cellOf({ cells }: RowCopy, index: number): CellCopy | null | undefined {
  return cells === null ? undefined : (cells[index] ?? null);
}

function fingerprint(cell: CellCopy | null): string {
  return cell === null ? 'no row' : jsonText([cell.value, cell.writeTimeMicros]);
}

function timeOf(cell: CellCopy | null): bigint | null {
  return cell?.writeTimeMicros == null ? null : BigInt(cell.writeTimeMicros);
}

function latest(one: bigint | null, other: bigint | null): bigint | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

function standingOf(cell: CellCopy | null | undefined, differs: boolean, newest: bigint | null): CellComparison {
  if (cell === undefined) return 'unanswered';
  if (cell === null) return 'absent';
  if (!differs) return 'same';
  if (newest === null) return 'different';
  return timeOf(cell) === newest ? 'newest' : 'older';
}

/** The outcome of a comparison, in a sentence that claims no more than was read. */
export function verdictOf({ answered, absent, differing }: Comparison, asked: number): string {
  if (answered === 0) return 'No replica answered.';
  const who =
    answered === asked
      ? asked === 1
        ? 'The one replica'
        : `All ${asked} replicas`
      : `${answered} of ${asked} replicas`;
  const silent =
    answered === asked ? '' : ` The other ${asked - answered === 1 ? 'one' : `${asked - answered}`} did not answer.`;
  if (absent.length === answered) return `${who} answered, and none has the row: it no longer exists there.${silent}`;
  if (absent.length > 0)
    return `${absent.join(' and ')} ${absent.length === 1 ? 'does' : 'do'} not have the row.${silent}`;
  if (answered === 1) return `${who} answered, so there is nothing to compare.${silent}`;
  if (differing.length === 0) return `${who} have the same values and write times.${silent}`;
  return `${who} answered, and ${differing.join(', ')} ${differing.length === 1 ? 'differs' : 'differ'}. To bring the newest values to all of them, run a repair or read the row at ALL.${silent}`;
}

/**
 * Whose data an answer is, by its trace: `own` when the queried replica read it itself, an address when another did,
 * null when the trace does not say.
 */
export function sourceOf({ node, servedBy }: Pick<RowCopy, 'node' | 'servedBy'>): 'own' | string | null {
  const [first] = servedBy;
  if (first === undefined) return null;
  return servedBy.includes(hostOf(node)) ? 'own' : first;
}

/** `host:port` without its port; IPv6 without its brackets. */
export function hostOf(address: string): string {
  return address.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}

/** A write time as the moment that it means by convention; a number where it is out of a calendar's range. */
export function writeTimeText(micros: string): string {
  const value = BigInt(micros);
  const [seconds, rest] = [value / 1_000_000n, value % 1_000_000n];
  if (value < 0n || seconds > 253_402_300_799n) return `${micros} µs`;
  const moment = new Date(Number(seconds) * 1_000).toISOString().slice(0, 19);
  return `${moment.replace('T', ' ')}.${String(rest).padStart(6, '0')} UTC`;
}
