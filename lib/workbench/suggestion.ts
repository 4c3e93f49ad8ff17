/** What a suggestion is. */
export type SuggestionKind =
  | 'keyspace'
  | 'table'
  | 'column'
  | 'field'
  | 'type'
  | 'function'
  | 'operator'
  | 'value'
  | 'option'
  | 'keyword';

export interface Suggestion {
  /** What is inserted, quoted where necessary. */
  readonly text: string;
  readonly kind: SuggestionKind;
  readonly detail?: string;
}
