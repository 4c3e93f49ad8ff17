import { foreignDdl, missingKey } from './ddl';
import type { ErrorHelp, RefusedStatement } from './help';
import { laterName, laterSyntax } from './later';
import { missingKeyspace, unknownColumn, unknownFunction, unknownKeyspace, unknownTable, unknownType } from './names';
import { type Parts, partsOf } from './parts';
import {
  bindMarkers,
  keyInSet,
  missingKeyParts,
  needsFiltering,
  needsLikeIndex,
  nullInCondition,
  unmatchedValues,
  wrongDistinct,
  wrongOrder,
} from './reads';
import { knownRefusal } from './refusals';
import { shellCommand } from './shell';
import {
  absentFromCql,
  alias,
  between,
  clauseOrder,
  countDistinct,
  inWithoutBrackets,
  negation,
  orCondition,
  swappedSides,
} from './sql';
import {
  backticks,
  doubledSign,
  endsTooEarly,
  misspeltKeyword,
  nearlyCql,
  reservedName,
  trailingComma,
  unclosed,
} from './syntax';
import { unquotedValues } from './unquoted';
import { wrongConstant, wrongTime } from './values';

type Rule = (parts: Parts) => ErrorHelp | null;

/** What the grammar refuses. The first that finds its mistake speaks: those that are certain come before those that guess. */
const SYNTAX: readonly Rule[] = [
  unclosed,
  laterSyntax,
  backticks,
  shellCommand,
  foreignDdl,
  misspeltKeyword,
  absentFromCql,
  countDistinct,
  nearlyCql,
  trailingComma,
  doubledSign,
  alias,
  clauseOrder,
  orCondition,
  inWithoutBrackets,
  between,
  negation,
  swappedSides,
  reservedName,
  unquotedValues,
  endsTooEarly,
];

/** What the grammar takes and the schema or the server does not, each known by the server's own words. */
const MEANING: readonly Rule[] = [
  laterName,
  missingKeyspace,
  unknownKeyspace,
  unknownColumn,
  unknownTable,
  unknownType,
  missingKey,
  unknownFunction,
  wrongConstant,
  wrongTime,
  needsLikeIndex,
  knownRefusal,
  wrongDistinct,
  wrongOrder,
  needsFiltering,
  nullInCondition,
  missingKeyParts,
  keyInSet,
  bindMarkers,
  unmatchedValues,
  negation,
];

/**
 * What a server's refusal means: its cause in the statement's own names, its place, and changes that would help. Null where
 * the server's words say as much. The words are those of Cassandra 4.0 to 5.0 (`CqlParser`, `ErrorCollector` and the
 * statements' own checks); a release with other words gets no help, never a wrong one.
 */
export function errorHelp(refused: RefusedStatement): ErrorHelp | null {
  const said = refused.error.detail ?? refused.error.message;
  // The server calls some mistakes of options syntax errors too; those of the grammar name a line, or are not even sent.
  const isGrammar = /\bline \d+:|It was not sent to Cassandra/.test(said);
  const rules = refused.error.code === 'syntax_error' && isGrammar ? SYNTAX : MEANING;
  if (!EXPLAINED.has(refused.error.code)) return null;
  const parts = partsOf(refused);
  for (const rule of rules) {
    const help = rule(parts);
    if (help !== null) return help;
  }
  return null;
}

const EXPLAINED: ReadonlySet<string> = new Set([
  'syntax_error',
  'invalid_statement',
  'not_found',
  'already_exists',
  'unauthorized',
  'function_failure',
  'not_prepared',
  'server_error',
]);
