import { type ErrorHelp, insertAt, rangeOf, replaceRange } from './help';
import { isSymbol, isWord, type Parts, wordsAt } from './parts';

/** `varchar(20)`, `NOT NULL`, `ADD COLUMN`: what other databases write when they make tables. */
export function foreignDdl({ statement, tokens }: Parts): ErrorHelp | null {
  if (!isWord(tokens[0], 'CREATE', 'ALTER')) return null;
  const without = (from: number, count: number, cause: string, label: string): ErrorHelp | null => {
    const [before, first, last] = [tokens[from - 1], tokens[from], tokens[from + count - 1]];
    if (before === undefined || first === undefined || last === undefined) return null;
    const edits = [replaceRange(statement, { from: before.end, to: last.end }, '')];
    return { cause, range: rangeOf(first, last), suggestions: [{ label, edits }] };
  };
  const sized = tokens.findIndex((token, at) => {
    return token.kind === 'number' && isSymbol(tokens[at - 1], '(') && isSymbol(tokens[at + 1], ')');
  });
  if (sized > 1) {
    const type = tokens[sized - 2]?.text ?? '';
    return without(sized - 1, 3, `CQL types have no length: ${type} holds any.`, `Remove (${tokens[sized]?.text})`);
  }
  const notNull = wordsAt(tokens, 'NOT', 'NULL');
  if (notNull > 0 && !isWord(tokens[notNull - 1], 'IS')) {
    return without(notNull, 2, 'Every column can be null, except those of the key.', 'Remove NOT NULL');
  }
  const column = wordsAt(tokens, 'ADD', 'COLUMN');
  return column < 0 ? null : without(column + 1, 1, 'ADD is followed by the column’s name.', 'Remove COLUMN');
}

/** A table without a key. */
export function missingKey({ said, statement, tokens, tableName }: Parts): ErrorHelp | null {
  if (!/No PRIMARY KEY/.test(said)) return null;
  const [name] = tableName;
  const open = tokens.findIndex((token) => isSymbol(token, '('));
  const end = tokens.findIndex((token, at) => at > open && isSymbol(token, ',', ')', '<'));
  const [first, last] = [tokens[open + 1], tokens[end - 1]];
  const range = name === undefined ? null : rangeOf(name, tableName.at(-1));
  const cause = 'A table needs a PRIMARY KEY: its first part decides which nodes have a row.';
  if (first === undefined || last === undefined || isSymbol(tokens[end], '<')) return { cause, range, suggestions: [] };
  const key = statement.slice(first.start, first.end);
  return { cause, range, suggestions: [{ label: `Make ${key} the key`, edits: [insertAt(last.end, ' PRIMARY KEY')] }] };
}
