import { Cassandra, SQLDialect } from '@codemirror/lang-sql';
import { HighlightStyle, type LanguageSupport, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { tags } from '@lezer/highlight';
import { FUNCTIONS, KEYWORDS, TYPE_NAMES } from '../cql-words';

/** The library's Cassandra dialect is of an older CQL: what 5.0 has in addition is added. */
export const cqlDialect = SQLDialect.define({
  ...Cassandra.spec,
  keywords: `${Cassandra.spec.keywords ?? ''} ${KEYWORDS.join(' ').toLowerCase()}`,
  types: TYPE_NAMES.map((name) => name.replace('<>', '')).join(' '),
  builtin: FUNCTIONS.map((call) => call.slice(0, call.indexOf('('))).join(' '),
  doubleDollarQuotedStrings: true,
  slashComments: true,
});

const highlightStyle = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.bool, tags.null], color: 'var(--syntax-keyword)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--syntax-string)' },
  { tag: tags.number, color: 'var(--syntax-number)' },
  { tag: [tags.typeName, tags.standard(tags.name)], color: 'var(--syntax-type)' },
  { tag: [tags.lineComment, tags.blockComment], color: 'var(--syntax-comment)', fontStyle: 'italic' },
]);

/** CQL for CodeMirror: parsing and colours. Completion is Ringside's own. */
export function cqlLanguage(): (Extension | LanguageSupport)[] {
  return [cqlDialect.extension, syntaxHighlighting(highlightStyle)];
}
