import { Cassandra, SQLDialect } from '@codemirror/lang-sql';
import { HighlightStyle, type LanguageSupport, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { tags } from '@lezer/highlight';
import { FUNCTIONS, KEYWORDS, TYPE_NAMES, type Word } from '@/lib/cql/cql-words';

/** The library's Cassandra dialect is of an older CQL: what releases up to 5.0 have in addition is added. */
const cqlDialect = SQLDialect.define({
  ...Cassandra.spec,
  keywords: `${Cassandra.spec.keywords ?? ''} ${namesIn(KEYWORDS)}`,
  types: namesIn(TYPE_NAMES),
  builtin: namesIn(FUNCTIONS),
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

/** The library looks a word up in lower case. */
function namesIn(words: readonly Word[]): string {
  return words.map(({ text }) => text.replace(/[(<].*/, '').toLowerCase()).join(' ');
}
