import { type JsonValue, jsonText } from '@/lib/contract/json';
import type { NumberFormat, Step } from '@/lib/contract/transforms';
import { NATIVE } from '@/lib/cql/native-types';
import { CqlTypeError, parseCqlType } from '@/lib/cql/type-text';
import type { CqlType, NativeTypeName } from '@/lib/cql/types';
import { ValueError } from '@/lib/wire/errors';
import { formatTimestamp } from '@/lib/wire/format';
import { parseDate, parseDecimal, parseTimestamp } from '@/lib/wire/parse';
import { type DateKind, dateReader } from './date-format';
import { numberReader } from './number-format';

/** Changes a field that is not null. Throws ValueError for a value that a step cannot change. */
export type StepRun = (value: JsonValue) => JsonValue;

/** Compiles steps for a column of the type; null where there are none. Throws ValueError for a step that makes no sense. */
export function compileSteps(steps: readonly Step[], type: CqlType): StepRun | null {
  if (steps.length === 0) return null;
  const runs = steps.map((step) => compileStep(step, type));
  return (value) => {
    let now = value;
    for (const run of runs) {
      if (now === null) return null;
      now = run(now);
    }
    return now;
  };
}

function compileStep(step: Step, type: CqlType): StepRun {
  switch (step.do) {
    case 'trim':
      return (value) => (typeof value === 'string' ? value.trim() : value);
    case 'null_if':
      return (value) => (value === step.text ? null : value);
    case 'split':
      return splitter(step.by, type);
    case 'cast':
      return caster(step.to);
    case 'date_format':
      return dateStep(step.format, type, step.zone);
    case 'number_format':
      return numberStep(step, type);
    default:
      return step satisfies never;
  }
}

function splitter(by: string, type: CqlType): StepRun {
  if (type.kind !== 'list' && type.kind !== 'set') throw new ValueError('split makes lists and sets only');
  return (value) => {
    if (typeof value !== 'string') return value;
    return value === '' ? [] : value.split(by).map((part) => part.trim());
  };
}

function dateStep(format: string, type: CqlType, zone: string | undefined): StepRun {
  const read = dateReader(format, dateKind(type), zone);
  return (value) => (typeof value === 'string' ? read(value) : value);
}

function dateKind(type: CqlType): DateKind {
  const name = type.kind === 'native' ? type.name : '';
  if (name === 'date' || name === 'time' || name === 'timestamp') return name;
  throw new ValueError('date_format makes values of the types date, time and timestamp only');
}

function numberStep(format: NumberFormat, type: CqlType): StepRun {
  if (type.kind !== 'native' || NATIVE[type.name].face !== 'number') {
    throw new ValueError('number_format makes numbers only');
  }
  const read = numberReader(format);
  return (value) => (typeof value === 'string' ? read(value) : value);
}

function caster(typeText: string): StepRun {
  const type = castType(typeText);
  switch (type) {
    case 'text':
      return (value) => (typeof value === 'string' ? value : jsonText(value));
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'varint':
      return (value) => (typeof value === 'string' ? wholeText(value.trim(), type) : value);
    case 'boolean':
      return (value) => (typeof value === 'string' ? truth(value.trim()) : value);
    case 'date':
      return (value) => (typeof value === 'string' ? dayOf(value.trim()) : value);
    case 'timestamp':
      return (value) => (typeof value === 'string' ? momentOf(value.trim()) : value);
    default:
      return (value) => value;
  }
}

function castType(text: string): NativeTypeName {
  try {
    const type = parseCqlType(text);
    if (type.kind === 'native') return type.name;
  } catch (error) {
    if (!(error instanceof CqlTypeError)) throw error;
  }
  throw new ValueError(`cast has no type ${text}; it has native types, such as int or text`);
}

/** Powers of ten beyond this cost more than a number in a file is worth. */
const MOST_PLACES = 1_000n;

/** `1.0` and `1e3` as whole numbers; other texts are left for the encoder to refuse. */
function wholeText(text: string, name: string): string {
  const number = parseDecimal(text);
  if (number === undefined) return text;
  const { unscaled, scale } = number;
  if (scale > MOST_PLACES || scale < -MOST_PLACES) throw new ValueError(`${text.slice(0, 60)} is no ${name}`);
  if (scale <= 0n) return (unscaled * 10n ** -scale).toString();
  const unit = 10n ** scale;
  if (unscaled % unit !== 0n) throw new ValueError(`${text} has a fraction, which ${name} cannot hold`);
  return (unscaled / unit).toString();
}

const TRUTHS: ReadonlyMap<string, boolean> = new Map([
  ...['true', 't', 'yes', 'y', '1'].map((word) => [word, true] as const),
  ...['false', 'f', 'no', 'n', '0'].map((word) => [word, false] as const),
]);

function truth(text: string): JsonValue {
  return TRUTHS.get(text.toLowerCase()) ?? text;
}

/** The day of a timestamp, in UTC; a date stays as it is. */
function dayOf(text: string): string {
  const ms = parseTimestamp(text);
  return ms === undefined ? text : (formatTimestamp(ms).split('T')[0] ?? text);
}

/** A date as its midnight in UTC; a timestamp stays as it is. */
function momentOf(text: string): string {
  return parseDate(text) === undefined ? text : `${text}T00:00:00.000Z`;
}
