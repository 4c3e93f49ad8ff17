import { OPERATORS } from '@/lib/contract/filter-operators';
import type { Filter } from '@/lib/contract/filters';
import { typedListTextOf, typedTextOf } from '@/lib/wire/as-typed';

/** A filter's value as a person would type it. */
export function typedText({ operator, value }: Pick<Filter, 'operator' | 'value'>): string {
  return OPERATORS[operator].isList && Array.isArray(value) ? typedListTextOf(value) : typedTextOf(value);
}

/** A filter in one line: CQL, with values as a person would type them. */
export function filterText(filter: Filter, partitionKey: readonly string[] = ['…']): string {
  const { column, tuple = [], operator, key, limit } = filter;
  const { place, text } = OPERATORS[operator];
  if (place === 'token') {
    return `token(${partitionKey.join(', ')}) ${text} ${typedText(filter)}`;
  }
  const names = tuple.length === 0 ? column : `(${[column, ...tuple].join(', ')})`;
  const entry = key === undefined ? '' : `[${typedTextOf(key)}]`;
  const most = limit === undefined ? '' : ` LIMIT ${limit}`;
  return `${names}${entry} ${text} ${typedText(filter)}${most}`;
}
