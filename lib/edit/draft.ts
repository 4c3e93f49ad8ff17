import { type JsonValue, jsonText, ownValue, parseJson } from '@/lib/contract/json';
import type { CqlType } from '../cql/types';
import { typedTextOf } from '../wire/as-typed';
import { literalStop } from '../wire/cql-literal';
import { ValueError } from '../wire/errors';
import { hasTextKeys } from '../wire/json-cells';
import { jsonToCql, mapPairs } from '../wire/json-texts';
import { isTextType } from '../wire/scalar-writers';
import { emptyIsOrdinary } from '../wire/sizes';
import { isChoice, parseTypedText } from '../wire/typed-text';
import { typedValue } from '../wire/typed-value';
import {
  blobOfText,
  type DraftForm,
  escapedText,
  formsOf,
  holdsReturns,
  textOfBlob,
  unescapedText,
} from './draft-text';
import { valueText } from './table';

/** A value while it is edited: right or wrong, as somebody left it. */
export type Draft =
  /** No value that is typed. `empty`: of no bytes, which types other than text and blobs may have in place of a value. */
  | { readonly as: 'null' | 'unset' | 'empty' }
  | {
      readonly as: 'text';
      readonly form: DraftForm;
      readonly text: string;
      /** What the text was made from: unchanged, it stands for just that. */
      readonly from?: { readonly text: string; readonly value: JsonValue } | undefined;
    }
  /** Elements, entries or fields, each with its own draft. */
  | { readonly as: 'parts'; readonly parts: readonly DraftPart[] };

export type TextDraft = Extract<Draft, { readonly as: 'text' }>;
export type PartsDraft = Extract<Draft, { readonly as: 'parts' }>;

export interface DraftPart {
  /** Unique among its neighbours, and the same wherever it is moved. */
  readonly id: number;
  /** Of an entry of a map. */
  readonly key?: Draft;
  readonly value: Draft;
}

/** The value of a draft, undefined where it is unset; or what is wrong and where, such as `[2].street`. */
export type DraftRead = { readonly value: JsonValue | undefined } | { readonly problem: string; readonly path: string };

/** Types whose values have parts that are edited one by one. */
export type NestedType = Exclude<CqlType, { readonly kind: 'native' | 'custom' }>;

export function isNestedType(type: CqlType): type is NestedType {
  return type.kind !== 'native' && type.kind !== 'custom';
}

/** A value to edit. Undefined: there is none, as in a column of a new row. */
export function draftOf(value: JsonValue | undefined, type: CqlType): Draft {
  if (value === undefined) return { as: 'unset' };
  if (value === null) return { as: 'null' };
  if (value === '' && !emptyIsOrdinary(type)) return { as: 'empty' };
  if (!isNestedType(type)) return scalarDraft(value, type);
  const values = partValues(value, type);
  return {
    as: 'parts',
    parts: values.map(([key, part], id) => ({
      id,
      ...(type.kind === 'map' ? { key: draftOf(key, type.key) } : {}),
      value: draftOf(part, partType(type, id)),
    })),
  };
}

function scalarDraft(value: JsonValue, type: CqlType): Draft {
  const plain = typedTextOf(value);
  const form = formsOf(type).includes('escaped') && holdsReturns(plain) ? 'escaped' : 'plain';
  const text = form === 'escaped' ? escapedText(plain) : plain;
  return { as: 'text', form, text, from: { text, value } };
}

/** What somebody typed in place of a value. */
export function typedDraft(text: string, form: DraftForm = 'plain'): Draft {
  return { as: 'text', form, text };
}

/**
 * What was typed or pasted in place of a value. Of a boolean the letter says which; of all but texts, white space around it
 * says nothing.
 */
export function replacedBy(typed: string, before: Draft, type: CqlType): Draft {
  if (isChoice(type)) {
    const letter = typed.trim().charAt(0).toLowerCase();
    return letter === 't' ? typedDraft('true') : letter === 'f' ? typedDraft('false') : before;
  }
  if (!emptyTextIsValue(type)) return typedDraft(typed.trim());
  return holdsReturns(typed) ? typedDraft(escapedText(typed), 'escaped') : typedDraft(typed);
}

/** A part that was just added. */
export function newDraft(type: CqlType): Draft {
  switch (type.kind) {
    case 'native':
    case 'custom':
      return typedDraft('');
    case 'list':
    case 'set':
    case 'map':
      return { as: 'parts', parts: [] };
    case 'vector':
      return partsOf(Array.from({ length: type.dimensions }, () => newDraft(type.of)));
    case 'tuple':
      return partsOf(type.of.map(() => ({ as: 'null' })));
    case 'udt':
      return partsOf(type.fields.map(() => ({ as: 'null' })));
    default:
      return type satisfies never;
  }
}

function partsOf(values: readonly Draft[]): PartsDraft {
  return { as: 'parts', parts: values.map((value, id) => ({ id, value })) };
}

/** With one more part at its end. */
export function withNewPart({ parts }: PartsDraft, type: NestedType): PartsDraft {
  const id = Math.max(-1, ...parts.map((part) => part.id)) + 1;
  const key = type.kind === 'map' ? { key: newDraft(type.key) } : {};
  return { as: 'parts', parts: [...parts, { id, ...key, value: newDraft(partType(type, parts.length)) }] };
}

/** Parts can be added and removed; a tuple, a vector and a user-defined type have as many as they have. */
export function growsAndShrinks(type: NestedType): boolean {
  return type.kind === 'list' || type.kind === 'set' || type.kind === 'map';
}

/** Cassandra keeps null in fields of tuples and user-defined types, and in no collection or vector. */
export function partMayBeNull(type: NestedType): boolean {
  return type.kind === 'tuple' || type.kind === 'udt';
}

/** The type of a part's value. */
export function partType(type: NestedType, at: number): CqlType {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'vector':
      return type.of;
    case 'map':
      return type.value;
    case 'tuple':
      return type.of[at] ?? UNKNOWN;
    case 'udt':
      return type.fields[at]?.type ?? UNKNOWN;
    default:
      return type satisfies never;
  }
}

const UNKNOWN: CqlType = { kind: 'custom', className: '' };

/** Keys and values of the parts. */
function partValues(value: JsonValue, type: NestedType): readonly (readonly [JsonValue, JsonValue])[] {
  if (type.kind === 'map') return mapPairs(value, type);
  if (type.kind === 'udt') {
    const fields = Object.fromEntries(Object.entries(value ?? {}));
    return type.fields.map(({ name }) => [name, ownValue(fields, name) ?? null]);
  }
  const parts: readonly JsonValue[] = Array.isArray(value) ? value : [];
  return type.kind === 'tuple' ? type.of.map((_, at) => [at, parts[at] ?? null]) : parts.map((part, at) => [at, part]);
}

/** The value that a draft stands for. */
export function readDraft(draft: Draft, type: CqlType): DraftRead {
  switch (draft.as) {
    case 'null':
      return { value: null };
    case 'unset':
      return { value: undefined };
    case 'empty':
      return { value: '' };
    case 'text':
      return readText(draft, type);
    case 'parts':
      return isNestedType(type) ? readParts(draft, type) : wrong(`${type.kind} has no parts`);
    default:
      return draft satisfies never;
  }
}

function wrong(problem: string, path = ''): DraftRead {
  return { problem, path };
}

function readText({ form, text, from }: TextDraft, type: CqlType): DraftRead {
  if (from !== undefined && from.text === text) return { value: from.value };
  const plain = plainText(form, text);
  if ('problem' in plain) return wrong(plain.problem);
  const read = typedValue(plain.text, type);
  if (!('problem' in read)) return read;
  return wrong(isNestedType(type) ? placed(plain.text, type, read.problem) : read.problem);
}

/** A scalar's text without its form. */
function plainText(form: DraftForm, text: string): { readonly text: string } | { readonly problem: string } {
  switch (form) {
    case 'plain':
      return { text };
    case 'escaped':
      return unescapedText(text);
    case 'utf8': {
      const blob = blobOfText(text);
      return blob === undefined
        ? { problem: 'the text has a lone surrogate, which UTF-8 cannot encode' }
        : { text: blob };
    }
    default:
      return form satisfies never;
  }
}

/** Where a literal stops being one, unless it is meant as JSON: there the message names the value. */
function placed(text: string, type: CqlType, problem: string): string {
  const stop = literalStop(text, type);
  if (stop === undefined || text.trim() === '' || parseJson(text) !== undefined) return problem;
  const lines = text.slice(0, stop).split('\n');
  const at = `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
  return `${at}: ${stop >= text.trimEnd().length ? 'it ends too early' : `“${shortened(text.slice(stop))}” does not fit`}; ${problem}`;
}

function shortened(text: string): string {
  const [word = ''] = text.split('\n');
  return word.length > 16 ? `${word.slice(0, 16)}…` : word;
}

function readParts(draft: PartsDraft, type: NestedType): DraftRead {
  const values: JsonValue[] = [];
  const keys: JsonValue[] = [];
  for (const [at, part] of draft.parts.entries()) {
    const key =
      part.key === undefined ? undefined : readPart(part.key, keyTypeOf(type), 'a map cannot have the key null');
    if (key !== undefined && 'problem' in key) return wrong(key.problem, `${pathOf(type, at)} (the key)${key.path}`);
    const none = partMayBeNull(type) ? undefined : `a ${type.kind} cannot hold null`;
    const value = readPart(part.value, partType(type, at), none);
    if ('problem' in value) return wrong(value.problem, `${pathOf(type, at)}${value.path}`);
    if (key !== undefined) keys.push(key.value);
    values.push(value.value);
  }
  const [[again, first] = []] = repeatedParts(draft, type);
  if (again !== undefined) return wrong(repeatedProblem(type, first ?? 0), pathOf(type, again));
  return { value: assembled(type, keys, values) };
}

type PartRead = { readonly value: JsonValue } | Extract<DraftRead, { readonly problem: string }>;

function readPart(draft: Draft, type: CqlType, problemOfNull: string | undefined): PartRead {
  const read = readDraft(draft, type);
  if ('problem' in read) return read;
  const { value = null } = read;
  return value === null && problemOfNull !== undefined ? { problem: problemOfNull, path: '' } : { value };
}

function keyTypeOf(type: NestedType): CqlType {
  return type.kind === 'map' ? type.key : UNKNOWN;
}

function pathOf(type: NestedType, at: number): string {
  return type.kind === 'udt' ? `.${type.fields[at]?.name ?? at}` : `[${at}]`;
}

function assembled(type: NestedType, keys: readonly JsonValue[], values: readonly JsonValue[]): JsonValue {
  if (type.kind === 'udt') {
    return Object.fromEntries(type.fields.map(({ name }, at): [string, JsonValue] => [name, values[at] ?? null]));
  }
  if (type.kind !== 'map') return values;
  const pairs = keys.map((key, at): [JsonValue, JsonValue] => [key, values[at] ?? null]);
  return hasTextKeys(type) ? Object.fromEntries(pairs.map(([key, value]) => [String(key), value])) : pairs;
}

/** Elements of a set and keys of a map that are there already: the index of each, and of the first that is the same. */
export function repeatedParts({ parts }: PartsDraft, type: NestedType): ReadonlyMap<number, number> {
  const repeated = new Map<number, number>();
  if (type.kind !== 'set' && type.kind !== 'map') return repeated;
  const of = type.kind === 'map' ? type.key : type.of;
  const seen = new Map<string, number>();
  for (const [at, part] of parts.entries()) {
    const text = storedText(part.key ?? part.value, of);
    const first = text === undefined ? undefined : seen.get(text);
    if (first !== undefined) repeated.set(at, first);
    else if (text !== undefined) seen.set(text, at);
  }
  return repeated;
}

export function repeatedProblem(type: NestedType, first: number): string {
  return type.kind === 'map' ? `entry ${first + 1} has this key already` : `this is element ${first + 1} already`;
}

/** A text that two drafts share if the same is stored for them; undefined for what is no value. */
function storedText(draft: Draft, type: CqlType): string | undefined {
  const read = readDraft(draft, type);
  if ('problem' in read || read.value === undefined || read.value === null) return undefined;
  try {
    return valueText(type, read.value);
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}

/** The same value as a literal to type, or as JSON where it has no literal. */
export function literalDraft(value: JsonValue, type: CqlType): Draft {
  const text = literalOf(value, type) ?? jsonText(value);
  return { as: 'text', form: 'plain', text, from: { text, value } };
}

/** The CQL literal of a value from which it can be read again. */
function literalOf(value: JsonValue, type: CqlType): string | undefined {
  try {
    const text = jsonToCql(value, type);
    const read = parseTypedText(text, type);
    return 'value' in read && jsonText(read.value) === jsonText(value) ? text : undefined;
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}

/** The same value in another form; undefined: the draft is wrong, or its value has no such form. */
export function inForm(draft: TextDraft, form: DraftForm): TextDraft | undefined {
  const plain = plainText(draft.form, draft.text);
  if ('problem' in plain) return undefined;
  const text = formed(plain.text, form);
  if (text === undefined) return undefined;
  const isAsItWas = draft.from !== undefined && draft.from.text === draft.text;
  return { as: 'text', form, text, ...(isAsItWas ? { from: { text, value: draft.from.value } } : {}) };
}

function formed(plain: string, form: DraftForm): string | undefined {
  switch (form) {
    case 'plain':
      return plain;
    case 'escaped':
      return escapedText(plain);
    case 'utf8':
      return textOfBlob(plain);
    default:
      return form satisfies never;
  }
}

/** Whether one line of a form holds the whole text: an input of a page drops line breaks. */
export function fitsOneLine(draft: Draft, type: CqlType): boolean {
  if (isNestedType(type)) return false;
  return draft.as !== 'text' || (draft.form === 'plain' && !/[\n\r]/.test(draft.text));
}

/** Whether what is typed can be empty and a value. */
export function emptyTextIsValue(type: CqlType): boolean {
  return type.kind === 'native' && isTextType(type.name);
}
