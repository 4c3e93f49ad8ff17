import { type JsonValue, ownValue } from '@/lib/contract/json';
import { EACH_ROWS } from '@/lib/contract/limits';
import type { EachMarker, EachRequest } from '@/lib/contract/parameters';
import { plural } from '@/lib/text/format';
import { parseTypedText } from '@/lib/wire/typed-text';
import type { ListRow } from './list-text';
import type { ParameterValues } from './parameter-values';
import { bindAll, type Parameter } from './parameters';
import type { RunSettings } from './run';

/** Where the values of each parameter come from, by its key: a column of the list, or the panel (null). */
export type Sources = Readonly<Record<string, number | null>>;

/** What an empty cell is. */
export type EmptyCell = 'null' | 'unset' | 'value';

/** The bind markers of a statement for a run, or why it cannot run. */
export function eachMarkers(
  parameters: readonly Parameter[],
  sources: Sources,
  values: ParameterValues,
): { readonly markers: readonly EachMarker[] } | { readonly problem: string } {
  const columnOf = ({ key }: Parameter) => ownValue(sources, key) ?? null;
  if (parameters.every((parameter) => columnOf(parameter) === null)) {
    return { problem: 'No parameter takes its values from the list.' };
  }
  const markers: EachMarker[] = [];
  for (const parameter of parameters) {
    const column = columnOf(parameter);
    const from = column === null ? fixedMarker(parameter, values) : { column };
    if ('problem' in from) return from;
    for (const { position } of parameter.uses) markers[position] = from;
  }
  return { markers };
}

function fixedMarker(parameter: Parameter, values: ParameterValues): EachMarker | { readonly problem: string } {
  const found = bindAll([parameter], values);
  if (!('bound' in found)) {
    const { key, missing, problem } = found;
    return { problem: missing ? `${key} has neither a column nor a value.` : `${key}: ${problem}.` };
  }
  const [first] = parameter.uses;
  const bound = found.bound.get(first.statement);
  if (bound?.unset.includes(first.position)) return { unset: true };
  const value: JsonValue = bound?.params[first.position] ?? null;
  return { value };
}

/** What was chosen for a run: the list and how it runs, and what stands under the editor. */
interface EachChoices extends Pick<RunSettings, 'keyspace' | 'consistency' | 'serialConsistency' | 'timeoutMs'> {
  readonly rows: readonly ListRow[];
  readonly markers: readonly EachMarker[];
  readonly empty: EmptyCell;
  /** Null: adapts. */
  readonly concurrency: number | null;
  readonly stopOnFailure: boolean;
  /** A person has confirmed it. */
  readonly isWrite: boolean;
}

/** The request for a run of `statement` for each row. */
export function eachRequest(statement: string, choices: EachChoices, id: string): EachRequest {
  const { rows, markers, empty, concurrency, stopOnFailure, isWrite } = choices;
  const { keyspace, consistency, serialConsistency = null, timeoutMs = null } = choices;
  return {
    id,
    statement,
    markers: [...markers],
    rows: rows.map(({ cells }) => [...cells]),
    empty,
    stopOnFailure,
    ...(keyspace === null ? {} : { keyspace }),
    ...(consistency === null ? {} : { consistency }),
    ...(serialConsistency === null ? {} : { serialConsistency }),
    ...(timeoutMs === null ? {} : { timeoutMs }),
    ...(concurrency === null ? {} : { concurrency }),
    ...(isWrite ? { confirm: { statement, rows: rows.length } } : {}),
  };
}

/** What is wrong with the number of rows; null: nothing. */
export function rowsProblem(rows: number): string | null {
  if (rows === 0) return 'The list has no rows.';
  if (rows <= EACH_ROWS) return null;
  return `The list has ${plural(rows, 'row')}, and at most ${EACH_ROWS} run at a time: divide it.`;
}

/** Rows that are looked at before anything runs. */
export const CHECKED_ROWS = 100;

/** A row with a cell that does not fit its parameter, and why; it would fail without being sent. */
export interface RowProblem {
  readonly row: number;
  readonly problem: string;
}

/** Which of the first rows have cells that do not fit. */
export function rowProblems(
  parameters: readonly Parameter[],
  sources: Sources,
  rows: readonly ListRow[],
  empty: EmptyCell,
): RowProblem[] {
  return rows.slice(0, CHECKED_ROWS).flatMap(({ cells }, row) => {
    const problem = parameters
      .map((parameter) => cellProblem(parameter, ownValue(sources, parameter.key) ?? null, cells, empty))
      .find((found) => found !== null);
    return problem === undefined ? [] : [{ row, problem }];
  });
}

function cellProblem(
  { key, uses }: Parameter,
  column: number | null,
  cells: readonly string[],
  empty: EmptyCell,
): string | null {
  if (column === null) return null;
  const cell = cells[column];
  if (cell === undefined) return `${key}: the row has only ${plural(cells.length, 'cell')}`;
  if (cell === '' && empty !== 'value') {
    return uses.some(({ isPartitionKey }) => isPartitionKey) ? `${key}: the partition key cannot be ${empty}` : null;
  }
  for (const { type } of uses) {
    const typed = parseTypedText(cell, type);
    if ('problem' in typed) return `${key}: ${typed.problem}`;
  }
  return null;
}
