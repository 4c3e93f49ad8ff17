import { type JsonValue, ownValue } from '@/lib/contract/json';
import type { PrepareResponse } from '@/lib/contract/parameters';
import { CqlTypeError, parseCqlType, type UdtLookup } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import { exampleOf, parseTypedList, parseTypedText, type TypedValue } from '@/lib/wire/typed-text';
import { type BoundValues, markersIn, type ParameterValue, type ParameterValues } from './parameter-values';

/** One bind marker that a parameter gives a value to. */
interface ParameterUse {
  /** The text of its statement, and its place among the markers of that. */
  readonly statement: string;
  readonly position: number;
  readonly type: CqlType;
  readonly typeText: string;
  /** `IN ?`: values separated by commas. */
  readonly several: boolean;
  readonly isPartitionKey: boolean;
  readonly takesUnset: boolean;
}

/** What a person gives one value: a `?`, or all places of a `:name`. */
export interface Parameter {
  /** It is remembered by this: `:code`, or `code` for a `?`, numbered where a name comes again. */
  readonly key: string;
  readonly uses: readonly [ParameterUse, ...ParameterUse[]];
}

export interface PreparedText {
  readonly text: string;
  readonly prepared: PrepareResponse;
}

/** The parameters of statements, in their order; one `:name` is one parameter in all of them. */
export function parametersOf(statements: readonly PreparedText[], udts: UdtLookup): Parameter[] {
  const byKey = new Map<string, [ParameterUse, ...ParameterUse[]]>();
  for (const { text, prepared } of statements) {
    const written = markersIn(text);
    const seen = new Map<string, number>();
    for (const [position, { name, type, isPartitionKey }] of prepared.markers.entries()) {
      const marker = written[position];
      const isNamed = marker?.text.startsWith(':') ?? false;
      const time = (seen.get(name) ?? 0) + 1;
      if (!isNamed) seen.set(name, time);
      const key = isNamed ? `:${name}` : time === 1 ? name : `${name} ${time}`;
      const cqlType = typeOf(type, udts, prepared.keyspace);
      const several = (marker?.afterIn ?? false) && cqlType.kind === 'list';
      const takesUnset = prepared.takesUnset && !isPartitionKey;
      const use = { statement: text, position, type: cqlType, typeText: type, several, isPartitionKey, takesUnset };
      const uses = byKey.get(key);
      if (uses === undefined) byKey.set(key, [use]);
      else uses.push(use);
    }
  }
  return [...byKey].map(([key, uses]) => ({ key, uses }));
}

function typeOf(text: string, udts: UdtLookup, keyspace: string | null): CqlType {
  try {
    return parseCqlType(text, udts, keyspace ?? undefined);
  } catch (error) {
    if (error instanceof CqlTypeError) return { kind: 'custom', className: text };
    throw error;
  }
}

/** What is wrong with a parameter's value. `missing`: nothing was given yet. */
export interface ParameterProblem {
  readonly key: string;
  readonly missing: boolean;
  readonly problem: string;
}

/** What is wrong with the value of a parameter, in any of its places; null: nothing. */
export function problemOf(parameter: Parameter, value: ParameterValue | undefined): ParameterProblem | null {
  for (const use of parameter.uses) {
    const read = valueFor(use, value);
    if (read === null) return { key: parameter.key, missing: true, problem: `${parameter.key} has no value` };
    if ('problem' in read) return { key: parameter.key, missing: false, problem: read.problem };
  }
  return null;
}

/** Of each statement, its values by position; or the first parameter without a value that fits. */
export function bindAll(
  parameters: readonly Parameter[],
  values: ParameterValues,
): { readonly bound: ReadonlyMap<string, BoundValues> } | ParameterProblem {
  const bound = new Map<string, { params: JsonValue[]; unset: number[] }>();
  for (const parameter of parameters) {
    const value = ownValue(values, parameter.key);
    const problem = problemOf(parameter, value);
    if (problem !== null) return problem;
    for (const use of parameter.uses) {
      const of = bound.get(use.statement) ?? { params: [], unset: [] };
      bound.set(use.statement, of);
      const read = valueFor(use, value);
      of.params[use.position] = read !== null && 'value' in read ? read.value : null;
      if (value?.as === 'unset') of.unset.push(use.position);
    }
  }
  return { bound };
}

/** Null: no value was given yet. */
function valueFor(use: ParameterUse, value: ParameterValue | undefined): TypedValue | null {
  const { type, several, isPartitionKey, takesUnset } = use;
  if (value === undefined) return null;
  switch (value.as) {
    case 'null':
      return isPartitionKey ? { problem: 'a column of the partition key cannot be null' } : { value: null };
    case 'unset':
      if (isPartitionKey) return { problem: 'a column of the partition key cannot be left unset' };
      return takesUnset ? { value: null } : { problem: 'only a statement that changes data can leave a value unset' };
    case 'empty':
      return several ? { value: [] } : parseTypedText('', type);
    case 'value':
      if (value.text === '') return null;
      return several && type.kind === 'list' ? parseTypedList(value.text, type.of) : parseTypedText(value.text, type);
    default:
      return value.as satisfies never;
  }
}

/** What can be chosen in place of a typed value. */
export function choicesOf({ uses: [first, ...others] }: Parameter): ParameterValue['as'][] {
  const all = [first, ...others];
  const isText = first.type.kind === 'native' && ['text', 'ascii', 'varchar'].includes(first.type.name);
  const none: ParameterValue['as'][] =
    all.some(({ isPartitionKey }) => isPartitionKey) || first.several ? [] : ['null'];
  const unset: ParameterValue['as'][] = all.every(({ takesUnset, several }) => takesUnset && !several) ? ['unset'] : [];
  return ['value', ...(isText || first.several ? (['empty'] as const) : []), ...none, ...unset];
}

/** A value as it is typed. */
export function exampleFor({ uses: [{ type, several }] }: Parameter): string {
  return several && type.kind === 'list' ? `${exampleOf(type.of)}, …` : exampleOf(type);
}
