import { typedText } from '@/lib/browse/filter-text';
import { type Filter, MOST_SIMILAR_ROWS } from '@/lib/contract/filters';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { typedTextOf } from '@/lib/wire/as-typed';
import { parseTypedList } from '@/lib/wire/typed-text';
import { typedValue } from '@/lib/wire/typed-value';
import {
  choiceFacts,
  choicesFor,
  type FilterChoice,
  type FilterSubject,
  formOf,
  keyType,
  nextFilterColumn,
  subjectOf,
  subjectsOf,
  valueType,
} from './operators';

/** A filter as it is being typed. */
export interface FilterDraft {
  readonly subject: FilterSubject;
  readonly choice: FilterChoice;
  readonly text: string;
  /** Of a map's entry. */
  readonly keyText: string;
  /** Of an order by similarity: rows at most. */
  readonly limitText: string;
}

export type DraftField = 'value' | 'key' | 'limit';
/** The filter, or what is wrong with what was typed, by field. */
export type ReadDraft =
  | { readonly filter: Filter }
  | { readonly problems: Readonly<Partial<Record<DraftField, string>>> };

const USUAL_LIMIT = '100';

/** Where the form starts: at the filter to change, or at the likeliest next one. Undefined for a table without columns. */
export function draftOf(
  shape: TableShape,
  others: readonly Filter[],
  initial: Filter | undefined,
): FilterDraft | undefined {
  const name = nextFilterColumn(shape, others);
  const subject = (initial && subjectOf(shape, initial)) ?? subjectsOf(shape).find(({ id }) => id === name);
  if (subject === undefined) return undefined;
  if (initial === undefined)
    return { subject, ...firstChoice(shape, subject), text: '', keyText: '', limitText: USUAL_LIMIT };
  return {
    subject,
    choice: initial.key === undefined ? initial.operator : 'ENTRY',
    text: typedText(initial),
    keyText: initial.key === undefined ? '' : typedTextOf(initial.key),
    limitText: String(initial.limit ?? USUAL_LIMIT),
  };
}

/** The draft for another subject: the operator stays if that takes it too. */
export function withSubject(shape: TableShape, draft: FilterDraft, subject: FilterSubject): FilterDraft {
  const keeps = subject.tuple === undefined && choicesFor(shape, subject).includes(draft.choice);
  return { ...draft, subject, ...(keeps ? {} : firstChoice(shape, subject)) };
}

function firstChoice(shape: TableShape, subject: FilterSubject): Pick<FilterDraft, 'choice'> {
  return { choice: choicesFor(shape, subject)[0] ?? '=' };
}

export function readDraft(shape: TableShape, { subject, choice, text, keyText, limitText }: FilterDraft): ReadDraft {
  const type = valueType(shape, subject, choice);
  if (type === undefined) return { problems: { value: `${choice} does not fit ${subject.column}` } };
  const value = choiceFacts(choice).isList ? parseTypedList(text, type) : typedValue(text, type);
  const key = choice === 'ENTRY' ? readKey(shape, subject, keyText) : null;
  const limit = choiceFacts(choice).place === 'order' ? readLimit(limitText) : null;
  const problems = { ...problemAt('value', value), ...problemAt('key', key), ...problemAt('limit', limit) };
  if ('problem' in value || (key !== null && 'problem' in key) || (limit !== null && 'problem' in limit))
    return { problems };
  const form = formOf(subject, choice);
  return {
    filter: {
      ...form,
      ...(key === null ? {} : { key: key.value }),
      value: value.value,
      ...(limit === null ? {} : { limit: limit.value }),
    },
  };
}

function problemAt(field: DraftField, read: object | null): Partial<Record<DraftField, string>> {
  return read !== null && 'problem' in read ? { [field]: String(read.problem) } : {};
}

function readKey(shape: TableShape, subject: FilterSubject, text: string) {
  const type = keyType(shape, subject);
  return type === undefined ? { problem: 'only maps have keys' } : typedValue(text, type);
}

function readLimit(text: string): { value: number } | { problem: string } {
  const value = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0;
  const inRange = value >= 1 && value <= MOST_SIMILAR_ROWS;
  return inRange ? { value } : { problem: `expected a whole number from 1 to ${MOST_SIMILAR_ROWS}` };
}
