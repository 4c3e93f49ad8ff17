import { quoteIdentifier } from '../identifiers';
import type { Token } from '../lexer';
import { INDEX_CLASSES, INDEX_OPTIONS, KEYSPACE_OPTIONS, knownTo, TABLE_OPTIONS } from '../options';
import { type ErrorHelp, insertAt, rangeOf, replaceRange, type Suggestion } from './help';
import { nearest } from './nearest';
import { isSymbol, isWord, nameOf, type Parts } from './parts';

/** How a statement is mended: the first finder that has something to say makes a suggestion. */
type Mend = (parts: Parts, found: readonly string[]) => Suggestion | null;

/** One refusal of Cassandra: its words, what they mean, what to do. `$1` stands for what the words have in brackets. */
interface Refusal {
  readonly said: RegExp;
  readonly cause: string;
  readonly advice: string;
  /** The piece that is marked: a name (`$1`), or words of the statement. */
  readonly at?: string;
  readonly mend?: Mend;
}

/** Cuts the words from the first of `words` up to the next of `ends`, or to the end. */
function without(label: string, words: readonly string[], ends: readonly string[] = []): Mend {
  return ({ statement, tokens }) => {
    const at = tokens.findIndex((_, index) => words.every((word, step) => isWord(tokens[index + step], word)));
    const [before, first] = [tokens[at - 1], tokens[at]];
    if (before === undefined || first === undefined) return null;
    const next = tokens.findIndex((token, index) => index > at && (isWord(token, ...ends) || isSymbol(token, ';')));
    const last = tokens[(next < 0 ? tokens.length : next) - 1] ?? first;
    return { label, edits: [replaceRange(statement, { from: before.end, to: last.end }, '')] };
  };
}

/** Cuts `count` tokens, the first of them these words. */
function cut(label: string, words: readonly string[], count = words.length): Mend {
  return ({ statement, tokens }) => {
    const at = tokens.findIndex((_, index) => words.every((word, step) => isWord(tokens[index + step], word)));
    const [before, last] = [tokens[at - 1], tokens[at + count - 1]];
    if (at < 0 || before === undefined || last === undefined) return null;
    return { label, edits: [replaceRange(statement, { from: before.end, to: last.end }, '')] };
  };
}

const KINDS = 'TABLE KEYSPACE TYPE INDEX VIEW FUNCTION AGGREGATE TRIGGER ROLE'.split(' ');

/** Writes `IF EXISTS` or `IF NOT EXISTS` after the kind of the thing. */
function ifIt(words: string): Mend {
  return ({ tokens }) => {
    const kind = tokens.find((token) => isWord(token, ...KINDS));
    return kind === undefined ? null : { label: `Add ${words}`, edits: [insertAt(kind.end, ` ${words}`)] };
  };
}

interface Name {
  readonly name: string;
  readonly since?: string;
}

/** Of `list` the name that was meant, in place of what was written, if the cluster's release has it. */
function use(list: readonly Name[]): Mend {
  return ({ statement, tokens, release = null }, [wrong = '']) => {
    const names = knownTo(list, release).map(({ name }) => name);
    const bare = wrong.slice(wrong.lastIndexOf('.') + 1);
    const meant =
      names.find((name) => name.toLowerCase() === bare.toLowerCase()) ??
      nearest(bare, names, bare.length < SHORT ? 1 : 2);
    const token = tokenOf(tokens, bare);
    if (meant === undefined || meant === bare || token === undefined) return null;
    const text = token.kind === 'string' ? `'${meant}'` : meant;
    return { label: `Use ${text}`, edits: [replaceRange(statement, rangeOf(token), text)] };
  };
}

/** Among short names two slips make almost any other. */
const SHORT = 6;

/** In place of one word, or of an operator, another. */
function replace(word: string, other: string): Mend {
  return ({ statement, tokens }) => {
    const token = tokens.find((one) => isWord(one, word) || (one.kind === 'operator' && one.text === word));
    if (token === undefined) return null;
    return { label: `Use ${other}`, edits: [replaceRange(statement, rangeOf(token), other)] };
  };
}

const quotedIn = (options: typeof TABLE_OPTIONS, option: string, key: string) =>
  (options.find(({ name }) => name === option)?.keys ?? [])
    .filter(({ name }) => name === key)
    .flatMap(({ values = [], ...key }) => values.map((value): Name => ({ ...key, name: value.slice(1, -1) })));
const keysIn = (options: typeof TABLE_OPTIONS, option: string): readonly Name[] =>
  options.find(({ name }) => name === option)?.keys ?? [];
const named = (...names: readonly string[]) => names.map((name): Name => ({ name }));

const CLASSES = INDEX_CLASSES.map(({ text, ...rest }): Name => ({ ...rest, name: text.slice(1, -1) }));
/** Only where the class exists. */
const CUSTOM_INDEX: Mend = (parts, found) => {
  const known = knownTo(INDEX_CLASSES, parts.release ?? null);
  const isKnown = parts.tokens.some((token) => known.some(({ text }) => text === token.text));
  return isKnown ? replace('INDEX', 'CUSTOM INDEX')(parts, found) : null;
};

const IF_EXISTS = ifIt('IF EXISTS');
const IF_NOT_EXISTS = ifIt('IF NOT EXISTS');
const WITHOUT_TIMESTAMP = without(
  'Remove USING TIMESTAMP',
  ['USING', 'TIMESTAMP'],
  ['SET', 'WHERE', 'IF', 'INSERT', 'UPDATE', 'DELETE'],
);
const WITHOUT_TTL = without('Remove USING TTL', ['USING', 'TTL'], ['SET', 'WHERE', 'IF']);
const WITHOUT_PER_PARTITION = cut('Remove PER PARTITION LIMIT', ['PER', 'PARTITION', 'LIMIT'], 4);
const WITHOUT_ORDER = without('Remove ORDER BY', ['ORDER', 'BY'], ['PER', 'LIMIT', 'ALLOW']);

/**
 * By the statements, restrictions, functions and schema transformations of Cassandra 4.0 to 5.0 (`cql3/statements`,
 * `cql3/restrictions`, `cql3/functions`, `cql3/selection`, `schema`, `db/guardrails`). More certain ones come first.
 */
export const REFUSALS: readonly Refusal[] = [
  // Writes
  {
    said: /The column names contains duplicates/,
    cause: 'The list of columns names one twice.',
    advice: 'Name each column once, with one value.',
  },
  {
    said: /INSERT statements are not allowed on counter tables/,
    cause: 'A counter is never inserted: it begins at 0 and only changes by adding.',
    advice: 'Write UPDATE … SET counter = counter + 1 WHERE …, which also makes the row.',
    at: 'INSERT',
  },
  {
    said: /Cannot set the value of counter column (.+?) \(/,
    cause: '$1 is a counter, which cannot be set.',
    advice: 'Write $1 = $1 + 1 or $1 = $1 - 1.',
    at: '$1',
  },
  {
    said: /Conditions on counters are not supported/,
    cause: 'A change of a counter cannot have a condition.',
    advice: 'Read the counter first, or keep the number in an int column with IF.',
    at: 'IF',
  },
  {
    said: /Cannot provide custom TTL for counter updates/,
    cause: 'Counters do not expire.',
    advice: 'Leave the TTL out, and delete the row when it is old.',
    at: 'TTL',
    mend: WITHOUT_TTL,
  },
  {
    said: /Cannot provide custom timestamp for counter (?:updates|BATCH)/,
    cause: 'Counters are added up, so a time of your own means nothing to them.',
    advice: 'Leave the timestamp out.',
    at: 'TIMESTAMP',
    mend: WITHOUT_TIMESTAMP,
  },
  {
    said: /Cannot provide custom timestamp for conditional/,
    cause: 'A conditional write gets its time from Paxos, so it cannot have one of yours.',
    advice: 'Leave out either the condition or the timestamp.',
    at: 'TIMESTAMP',
    mend: WITHOUT_TIMESTAMP,
  },
  {
    said: /Invalid operation \(.*\) for non counter column (.+)$/,
    cause: '$1 is not a counter, and only counters can be added to where they stand.',
    advice: 'Read the value, add to it, and write it with IF $1 = the old value.',
    at: '$1',
  },
  {
    said: /Only EQ and IN relation are supported on the partition key.* for (\w+) statements/,
    cause: 'A write names its partitions one by one: the partition key takes = or IN.',
    advice: 'To change a range of partitions, read their keys first and write each.',
    at: 'WHERE',
  },
  {
    said: /Slice restrictions are not supported on the clustering columns in UPDATE/,
    cause: 'An UPDATE names each row: every clustering column takes = or IN.',
    advice: 'A DELETE can take a range; an UPDATE writes each row.',
    at: 'WHERE',
  },
  {
    said: /(\S+) cannot be restricted by more than one relation if it includes an Equal/,
    cause: '$1 has two conditions, and one of them is =.',
    advice: 'Keep the =: several values are an IN.',
    at: '$1',
  },
  {
    said: /Multiple incompatible setting of column (.+)$/,
    cause: '$1 is set twice.',
    advice: 'Set it once.',
    at: '$1',
  },
  {
    said: /Invalid restrictions on clustering columns since the (\w+) statement modifies only static columns/,
    cause: 'A static column belongs to the whole partition, and this names one row of it.',
    advice: 'Give the partition key alone.',
    at: 'WHERE',
  },
  {
    said: /A TTL must be greater or equal to 0, but was (-?\d+)/,
    cause: 'A TTL is a number of seconds from now, and $1 is before now.',
    advice: 'Write at least 1; 0 means never.',
    at: 'TTL',
    mend: WITHOUT_TTL,
  },
  {
    said: /ttl is too large\. requested \((\d+)\) maximum \((\d+)\)/,
    cause: '$1 seconds are more than the longest TTL, $2 seconds (20 years).',
    advice: 'Write a shorter TTL, or none at all.',
    at: 'TTL',
    mend: WITHOUT_TTL,
  },
  {
    said: /IN on the partition key is not supported with conditional (updates|deletions)/,
    cause: 'A conditional write decides in one partition, and IN names several.',
    advice: 'Write one statement for each partition.',
    at: 'IN',
  },
  {
    said: /Attempted to set an element on a list which is null/,
    cause: 'The list is empty, so it has no element at that place.',
    advice: 'Set the whole list, or add to it: list = list + [value].',
    at: 'SET',
  },
  {
    said: /Invalid operation \(.*\) for non collection column (.+)$/,
    cause: '$1 is not a list, set or map, so it has no elements.',
    advice: 'Set the whole value: $1 = ….',
    at: '$1',
  },
  {
    said: /Invalid operation \(.*\) for frozen (?:collection|UDT) column (.+)$/,
    cause: '$1 is frozen: it is stored as one value and can only be written whole.',
    advice: 'Set the whole value.',
    at: '$1',
  },
  {
    said: /UDT column (\S+) does not have a field named (\S+)/,
    cause: 'The type of $1 has no field $2.',
    advice: 'DESCRIBE TYPE lists the fields.',
    at: '$2',
  },
  {
    said: /Invalid operation \(.*\) for non-UDT column (.+)$/,
    cause: '$1 has no fields: its type is not a user-defined one.',
    advice: 'Set the whole value.',
    at: '$1',
  },
  {
    said: /Value for a map addition has to be a map/,
    cause: 'To a map only a map can be added.',
    advice: "Write {'key': value}.",
  },
  {
    said: /Unexpected receiver type '(.+?)'; only list and vector are expected/,
    cause: 'Square brackets make a list, and the column has the type $1.',
    advice: "A set is written {1, 2}, a map {'key': value}.",
  },
  {
    said: /Invalid (map|set|list) literal for (.+) of type (.+)$/,
    cause: '$2 has the type $3, and this writes a $1.',
    advice: "A list is written [1, 2], a set {1, 2}, a map {'key': value}.",
    at: '$2',
  },
  {
    said: /null is not supported inside collections/,
    cause: 'A collection has no null elements.',
    advice: 'Leave the element out.',
    at: 'NULL',
  },
  {
    said: /Unknown field '(.+)' in value of user defined type (.+)$/,
    cause: 'The type $2 has no field $1.',
    advice: 'DESCRIBE TYPE $2 lists its fields.',
    at: '$1',
  },
  {
    said: /Invalid user type literal for (.+): field (.+) is not of type (.+)$/,
    cause: 'The field $2 has the type $3, and this value is none.',
    advice: 'Texts take single quotes, numbers none.',
    at: '$2',
  },
  {
    said: /Invalid vector literal for (\S+) of type (.+); expected (\d+) elements, but given (\d+)/,
    cause: '$1 has $3 dimensions, and this vector has $4.',
    advice: 'Write as many numbers as the type says.',
    at: '$1',
  },
  {
    said: /Invalid vector literal for (\S+): value (.+) is not of type (.+)$/,
    cause: 'The vector $1 holds $3 values, and $2 is none.',
    advice: 'Write numbers without quotes.',
    at: '$1',
  },
  {
    said: /JSON values map contains unrecognized column: (.+)$/,
    cause: 'The JSON has a key $1, and the table has no such column.',
    advice: 'Keys are column names; one with capitals needs double quotes inside the key.',
  },
  {
    said: /Error decoding JSON value for (\S+): (.+)$/s,
    cause: 'The JSON value of $1 does not fit its type: $2.',
    advice: 'Numbers, booleans and texts in JSON must be as the column’s type is.',
  },
  {
    said: /Could not decode JSON string as a map/,
    cause: 'The text after JSON is not a JSON object.',
    advice: 'Write \'{"column": value}\': keys take double quotes.',
    at: 'JSON',
  },
  {
    said: /Unable to make (int|bigint|smallint|tinyint) from '(.+)'/,
    cause: '$2 does not fit in the type $1.',
    advice: 'An int goes to 2,147,483,647, a bigint to 9,223,372,036,854,775,807, a varint has no end.',
    at: '$2',
  },
  {
    said: /TimeUUID supports only version 1 UUIDs/,
    cause: 'A timeuuid is a UUID of version 1, which holds a time. This is another version.',
    advice: 'now() makes a new one.',
  },
  {
    said: /Type error: cannot assign result of function (?:system\.)?(\S+) \(type (.+?)\) to (\S+) \(type (.+)\)/,
    cause: '$1() gives $2, and $3 has the type $4.',
    advice: 'Use a function that gives $4, or write the value.',
    at: '$1',
  },
  {
    said: /Invalid call to function (?:system\.)?([^\s,]+), none of its type signatures match/,
    cause: '$1 does not take a value of this type.',
    advice: 'The details list what it takes. CAST(column AS type) makes another type of a value in a selection.',
    at: '$1',
  },
  {
    said: /Cannot assign value \((.+?)\)(.+) to (\S+) of type (.+)$/,
    cause: '$3 has the type $4, and this is written as $1.',
    advice: 'Write a value of that type.',
    at: '$3',
  },
  {
    said: /the operation '(.+)' failed: \/ by zero/,
    cause: 'This divides by zero.',
    advice: 'Divide by another number.',
    at: '/',
  },
  {
    said: /the '(.)' operation is not supported between (.+) and (.+)$/,
    cause: '$1 works on numbers, dates and durations, not on $2 and $3.',
    advice: 'Texts are put together by the program that reads them.',
    at: '$1',
  },
  {
    said: /Invalid identifier (.+) for deletion/,
    cause: '$1 is part of the key, and a key cannot be deleted from its row.',
    advice: 'Delete the whole row: DELETE FROM ….',
    at: '$1',
  },
  {
    said: /Range deletions are not supported for specific columns/,
    cause: 'Columns are deleted from single rows, and this names a range of rows.',
    advice: 'Give the whole key, or delete the rows.',
    at: 'DELETE',
  },
  {
    said: /Non PRIMARY KEY columns found in where clause: (.+?)\s*$/,
    cause: 'A write finds its rows by the key alone, and $1 is not part of it.',
    advice: 'Give the key; a condition on $1 is an IF after the WHERE.',
    at: '$1',
  },
  {
    said: /(\w+) statements must restrict all PRIMARY KEY columns with equality relations/,
    cause: 'A condition is checked on one row, and this names several.',
    advice: 'Give the whole key.',
    at: 'IF',
  },
  {
    said: /PRIMARY KEY column "(.+)" cannot be restricted as preceding column "(.+)" is not restricted/,
    cause: 'Rows of a partition are sorted by $2 first, so $1 can be searched only inside one $2.',
    advice: 'Add a condition $2 = … before it.',
    at: '$1',
  },
  {
    said: /Clustering column "(.+)" cannot be restricted \(preceding column "(.+)" is restricted by a non-EQ relation\)/,
    cause: 'After a range of $2, the rows of one $1 are not together.',
    advice: 'Give $2 with = or IN, or leave $1 out.',
    at: '$1',
  },
  // Batches
  {
    said: /Counter and non-counter mutations cannot exist in the same batch/,
    cause: 'Counters and other columns are written in different ways, so one batch cannot have both.',
    advice: 'Use a COUNTER batch for the counters, and another one for the rest.',
    at: 'BATCH',
  },
  {
    said: /Cannot include non-counter statement in a counter batch/,
    cause: 'A COUNTER batch takes counters only.',
    advice: 'Leave COUNTER out, or move the other statements.',
    at: 'COUNTER',
    mend: cut('Remove COUNTER', ['COUNTER']),
  },
  {
    said: /Batch with conditions cannot span multiple partitions/,
    cause: 'Conditions of a batch are decided together, in one partition. These are several.',
    advice: 'Send one batch for each partition.',
    at: 'IF',
  },
  {
    said: /Batch with conditions cannot span multiple tables/,
    cause: 'Conditions of a batch are decided together, in one table. These are several.',
    advice: 'Send one batch for each table.',
    at: 'IF',
  },
  {
    said: /Timestamp must be set either on BATCH or individual statements/,
    cause: 'Both the batch and a statement in it say the time.',
    advice: 'Say it once.',
    at: 'TIMESTAMP',
    mend: WITHOUT_TIMESTAMP,
  },
  // Reads
  {
    said: /More than one restriction was found for the (start|end) bound on (.+)$/,
    cause: '$2 has two bounds on the same side.',
    advice: 'Keep the narrower one.',
    at: '$2',
  },
  {
    said: /Multi-column relations can only be applied to clustering columns but was applied to: (.+)$/,
    cause: 'Only clustering columns can be compared together, and $1 is none.',
    advice: 'Write a condition for $1 alone.',
    at: '$1',
  },
  {
    said: /Clustering columns must appear in the PRIMARY KEY order in multi-column relations/,
    cause: 'Columns that are compared together come in the order of the key.',
    advice: 'DESCRIBE TABLE shows the key.',
    at: 'WHERE',
  },
  {
    said: /Expected (\d+) elements in value tuple, but got (\d+)/,
    cause: 'On the left are $1 columns, on the right $2 values.',
    advice: 'Write a value for each column.',
  },
  {
    said: /The token\(\) function must be applied to all partition key components or none/,
    cause: 'token() takes the whole partition key.',
    advice: 'Name all its columns, and no other.',
    at: 'TOKEN',
  },
  {
    said: /The token function arguments must be in the partition key order: (.+)$/,
    cause: 'token() takes the partition key in its order: $1.',
    advice: 'Write token($1).',
    at: 'TOKEN',
  },
  {
    said: /Cannot use CONTAINS KEY on non-map column (.+)$/,
    cause: '$1 is not a map, so it has no keys.',
    advice: 'CONTAINS looks for an element.',
    at: 'CONTAINS',
  },
  {
    said: /Cannot use CONTAINS on non-collection column (.+)$/,
    cause: '$1 is not a list, set or map, so it contains nothing.',
    advice: 'Compare it: $1 = ….',
    at: 'CONTAINS',
    mend: replace('CONTAINS', '='),
  },
  {
    said: /Column (.+) cannot be used as a map/,
    cause: '$1 is not a map, so it has no entries.',
    advice: 'Write $1 CONTAINS value.',
    at: '$1',
  },
  {
    said: /Collection column '(.+)' \((.+)\) cannot be restricted by a '(.+)' relation/,
    cause: '$1 is stored element by element, so it cannot be compared as a whole.',
    advice: 'Look for an element with CONTAINS, or make it frozen<$2> in a new table.',
    at: '$1',
  },
  {
    said: /Non-frozen UDT column '(.+)' \((.+)\) cannot be restricted by any relation/,
    cause: '$1 is stored field by field, so a WHERE cannot compare it.',
    advice: 'Keep what is searched for in a column, or make it frozen<$2> in a new table.',
    at: '$1',
  },
  {
    said: /Slice restrictions are not supported on duration columns/,
    cause: 'A month has no fixed number of days, so durations have no order.',
    advice: 'Compare with =.',
  },
  {
    said: /LIMIT must be strictly positive/,
    cause: 'A LIMIT is at least 1.',
    advice: 'Leave it out to read all rows, page by page.',
    at: 'LIMIT',
    mend: without('Remove LIMIT', ['LIMIT'], ['ALLOW']),
  },
  {
    said: /PER PARTITION LIMIT is not allowed with (?:SELECT DISTINCT|aggregate) queries/,
    cause: 'DISTINCT and aggregates have one row for each partition or group, so PER PARTITION LIMIT means nothing.',
    advice: 'Leave it out.',
    at: 'PER',
    mend: WITHOUT_PER_PARTITION,
  },
  {
    said: /SELECT DISTINCT with WHERE clause only supports restriction by partition key/,
    cause: 'DISTINCT reads partitions, and this asks about rows in them.',
    advice: 'Leave DISTINCT out, or the condition on clustering columns.',
    at: 'DISTINCT',
    mend: cut('Remove DISTINCT', ['DISTINCT']),
  },
  {
    said: /Group by is currently only supported on the columns of the PRIMARY KEY, got (.+)$/i,
    cause: 'Rows are grouped by the key only, and $1 is not part of it.',
    advice: 'Group by $1 in the program that reads, or keep a table with $1 in its key.',
    at: '$1',
  },
  {
    said: /Group by currently only support groups of columns following their declared order/i,
    cause: 'GROUP BY takes the columns of the key from its beginning, without a gap.',
    advice: 'DESCRIBE TABLE shows the key.',
    at: 'GROUP',
  },
  {
    said: /Order by currently only supports? the ordering of columns following their declared order/i,
    cause: 'ORDER BY takes the clustering columns from the first, without a gap.',
    advice: 'DESCRIBE TABLE shows the key.',
    at: 'ORDER',
    mend: WITHOUT_ORDER,
  },
  {
    said: /Unsupported order by relation/i,
    cause: 'Rows can be read in the table’s order or exactly backwards, not in a mixture.',
    advice: 'Turn all directions round, or none.',
    at: 'ORDER',
    mend: WITHOUT_ORDER,
  },
  {
    said: /Cannot page queries with both ORDER BY and a IN restriction on the partition key/,
    cause: 'Rows of several partitions cannot be sorted page by page.',
    advice: 'Read one partition at a time, or leave ORDER BY out and sort the result on the page.',
    at: 'ORDER',
    mend: WITHOUT_ORDER,
  },
  {
    said: /ORDER BY with 2ndary indexes is not supported/,
    cause: 'Rows that an index finds come in the order of the ring.',
    advice: 'Leave ORDER BY out, and sort the result on the page.',
    at: 'ORDER',
    mend: WITHOUT_ORDER,
  },
  {
    said: /ANN ordering by vector requires the column to be indexed/,
    cause: 'ANN needs an SAI index on the vector.',
    advice: "Create one first: CREATE INDEX ON table (column) USING 'sai'.",
    at: 'ANN',
  },
  {
    said: /ANN ordering by vector requires all restricted column\(s\) to be indexed/,
    cause: 'Beside ANN, a WHERE takes only columns with an SAI index.',
    advice: 'Create an index on the column, or leave the condition out.',
    at: 'WHERE',
  },
  {
    said: /Top-K queries must have a limit specified/,
    cause: 'ANN finds the nearest rows, and does not know how many.',
    advice: 'Add a LIMIT below the rows per page.',
    at: 'ANN',
    mend: ({ tokens, statement }) => ({
      label: 'Add LIMIT 10',
      edits: [insertAt(tokens.at(-1)?.end ?? statement.length, ' LIMIT 10')],
    }),
  },
  {
    said: /Use of ANN OF in an ORDER BY clause requires a LIMIT that is not greater than (\d+)/,
    cause: 'ANN finds at most $1 rows.',
    advice: 'Lower the LIMIT.',
    at: 'LIMIT',
  },
  {
    said: /Vector indexes only support ANN queries/,
    cause: 'An index on a vector finds what is near, not what is equal.',
    advice: 'Write ORDER BY column ANN OF [...] LIMIT n.',
    at: 'WHERE',
  },
  {
    said: /Top-K queries can not be run with aggregation/,
    cause: 'ANN gives rows, and an aggregate makes one of them.',
    advice: 'Leave the aggregate out.',
    at: 'ORDER',
    mend: WITHOUT_ORDER,
  },
  {
    said: /Cannot use selection function (\w+) on PRIMARY KEY part (.+)$/i,
    cause: '$2 is part of the key, which has no $1.',
    advice: 'Ask for a column that is not part of the key.',
    at: '$2',
  },
  {
    said: /Invalid number of arguments (?:in call to|for) function (?:system\.)?(\w+)/,
    cause: '$1 takes another number of arguments.',
    advice: 'The details say how many; the editor shows them inside the brackets.',
    at: '$1',
  },
  {
    // Before 5.0.
    said: /(\w+)\(\) only accepts one argument/,
    cause: '$1 takes one argument.',
    advice: 'Write the value or the column inside the brackets.',
    at: '$1',
  },
  {
    said: /aggregate functions cannot be used as arguments of aggregate functions/,
    cause: 'An aggregate cannot be inside another.',
    advice: 'Aggregate once, and work on the result.',
  },
  {
    said: /Type error: (.+) cannot be passed as argument (\d+) of function (?:system\.)?(\w+) of type (.+)$/,
    cause: '$3 takes $4 there, and $1 has another type.',
    advice: 'For token(): the columns of the partition key.',
    at: '$1',
  },
  {
    said: /Invalid field selection: (.+) of type (.+) is not a user type/,
    cause: '$1 has the type $2, which has no fields.',
    advice: 'Select $1 itself.',
    at: '$1',
  },
  {
    said: /(\S+) of type (\S+) has no field (\S+)/,
    cause: 'The type $2 has no field $3.',
    advice: 'DESCRIBE TYPE $2 lists its fields.',
    at: '$3',
  },
  {
    said: /Element selection is only allowed on sets and maps, but (.+) is a list/,
    cause: 'Single elements are read from sets and maps, and $1 is a list.',
    advice: 'Select $1 whole.',
    at: '$1',
  },
  {
    said: /Invalid element selection: (.+) is of type (.+) is not a collection/,
    cause: '$1 has the type $2, which has no elements.',
    advice: 'Select $1 itself.',
    at: '$1',
  },
  {
    said: /All arguments must have the same vector dimensions/,
    cause: 'The vectors have different numbers of dimensions.',
    advice: 'Compare vectors of one length.',
  },
  {
    said: /Cannot infer type for term (.+) in selection clause/,
    cause: 'Cassandra cannot know the type of $1 in a selection.',
    advice: 'Say it: (int)$1.',
  },
  // What exists and what does not
  {
    said: /Cannot add (?:already )?existing (table|keyspace) "(.+?)"/,
    cause: 'There is a $1 $2 already.',
    advice: 'Choose another name, or make it only if it is missing.',
    at: '$2',
    mend: IF_NOT_EXISTS,
  },
  {
    said: /A user type with name '(.+)' already exists/,
    cause: 'There is a type $1 already.',
    advice: 'Choose another name, or make it only if it is missing.',
    at: '$1',
    mend: IF_NOT_EXISTS,
  },
  {
    said: /Index '?([^' ]+)'? already exists/,
    cause: 'There is an index $1 already in this keyspace.',
    advice: 'Choose another name, or make it only if it is missing.',
    at: '$1',
    mend: IF_NOT_EXISTS,
  },
  {
    said: /Index (\S+) is a duplicate of existing index (\S+)/,
    cause: 'The index $2 is on the same column already.',
    advice: 'Use that one: a second would cost every write and help no read.',
    at: '$1',
    mend: IF_NOT_EXISTS,
  },
  {
    said: /Column with name '(.+)' already exists/,
    cause: 'The table has a column $1 already.',
    advice: 'A type never changes: for another one add a column with another name.',
    at: '$1',
  },
  {
    said: /Cannot add field (.+) to type (.+): a field with name/,
    cause: 'The type $2 has a field $1 already.',
    advice: 'Choose another name.',
    at: '$1',
  },
  {
    said: /(Table|Keyspace|Type|Index|Function|Aggregate|Materialized view|Trigger) '?(?:[^'.\s]+\.)?([^'.\s]+)'?(?: on '[^']+')? doesn't exist/,
    cause: '$1 $2 does not exist.',
    advice: 'Check the name and the keyspace under the editor; DROP and ALTER can do nothing where it is missing.',
    at: '$2',
    mend: (parts, found) => (isWord(parts.tokens[0], 'DROP') ? IF_EXISTS(parts, found) : null),
  },
  {
    said: /(?:User defined type|Table|Index|Function|Materialized view|Aggregate)? ?'([^']+)' not found in/,
    cause: 'There is no $1 here.',
    advice: 'DESCRIBE KEYSPACES and DESCRIBE TABLES list what there is.',
    at: '$1',
  },
  {
    said: /Column (.+) was not found in table '(.+)'/,
    cause: 'The table $2 has no column $1.',
    advice: 'DESCRIBE TABLE lists its columns.',
    at: '$1',
  },
  {
    said: /Unkn?own field (.+) in user type (\S+\..+)$/,
    cause: 'The type $2 has no field $1.',
    advice: 'DESCRIBE TYPE $2 lists its fields.',
    at: '$1',
  },
  {
    // 4.0 names the keyspace in place of the type.
    said: /Unkn?own field (.+) in user type /,
    cause: 'The type has no field $1.',
    advice: 'DESCRIBE TYPE lists its fields.',
    at: '$1',
  },
  // Schema changes
  {
    said: /Cannot drop user type '(.+)' as it is still used by (.+)$/,
    cause: '$1 is in use by $2.',
    advice: 'Drop what uses it first.',
  },
  {
    said: /Cannot drop PRIMARY KEY column (.+)$/,
    cause: '$1 is part of the key, and a key cannot change.',
    advice: 'Make a table with the key you want, and copy the rows.',
    at: '$1',
  },
  {
    said: /Cannot drop column (.+) because it has dependent secondary indexes \((.+)\)/,
    cause: 'The index $2 is on $1.',
    advice: 'Drop the index first: DROP INDEX $2.',
    at: '$1',
  },
  {
    said: /Cannot have a counter column \("(.+)"\) in a non counter table|Cannot mix counter and non counter columns/,
    cause: 'A table has counters only, or none.',
    advice: 'Keep counters in a table of their own, with the same key.',
  },
  {
    said: /Cannot have a non counter column \("(.+)"\) in a counter table/,
    cause: 'A table of counters takes no other columns, and $1 is one.',
    advice: 'Keep it in another table with the same key.',
    at: '$1',
  },
  {
    said: /Non-frozen (?:collections|UDTs) are not allowed inside collections: (.+)$/,
    cause: 'A collection inside another must be frozen, so that it is one value.',
    advice: 'Write frozen<…> around the inner one.',
  },
  {
    said: /Counters are not allowed inside collections/,
    cause: 'A counter is a column of its own, never an element.',
    advice: 'Use a table of counters with the element in its key.',
  },
  {
    said: /Static columns are only useful \(and thus allowed\) if the table has at least one clustering column/,
    cause: 'A static column is shared by the rows of a partition, and here a partition has one row.',
    advice: 'Leave STATIC out, or add a clustering column.',
    at: 'STATIC',
    mend: cut('Remove STATIC', ['STATIC']),
  },
  {
    said: /Static column '(.+)' cannot be part of the PRIMARY KEY/,
    cause: '$1 is static and in the key: it can be only one of them.',
    advice: 'Leave STATIC out.',
    at: '$1',
  },
  {
    said: /Cannot rename non PRIMARY KEY column (.+)$/,
    cause: 'Only columns of the key can be renamed, and $1 is none.',
    advice: 'Add a column with the new name, and copy the values.',
    at: '$1',
  },
  {
    said: /Cannot rename column (.+) to (.+) in table '(.+)'; another column with that name already exists/,
    cause: 'The table has a column $2 already.',
    advice: 'Choose another name.',
    at: '$2',
  },
  {
    said: /Altering column types is no longer supported/,
    cause: 'The type of a column never changes.',
    advice: 'Add a column with the new type, and copy the values.',
    at: 'TYPE',
  },
  {
    said: /Unknown property '(.+)'/,
    cause: 'There is no option $1.',
    advice: 'The editor completes options after WITH.',
    at: '$1',
    mend: use([...TABLE_OPTIONS, ...KEYSPACE_OPTIONS]),
  },
  {
    said: /Multiple definitions? for property '(.+)'/,
    cause: 'The option $1 is given twice.',
    advice: 'Give it once.',
    at: '$1',
  },
  {
    said: /Invalid value for property '(.+)'\. It should be a (.+?)\.?$/,
    cause: '$1 takes a $2.',
    advice: "A map is written {'key': 'value'}.",
    at: '$1',
  },
  {
    said: /Invalid (\w+) value (.+) for '(.+)'/,
    cause: '$3 takes a number, and $2 is none.',
    advice: 'Write it without quotes.',
    at: '$3',
  },
  {
    said: /(\w+) must be (greater than or equal to|larger than or equal to|larger than|less than or equal to) (.+) \(got (.+)\)/,
    cause: '$1 cannot be $4.',
    advice: 'It must be $2 $3.',
    at: '$1',
  },
  {
    said: /Unable to find compaction strategy class '(?:\S+\.)?(\w+)'/,
    cause: 'There is no compaction strategy $1.',
    advice: 'SizeTiered-, Leveled-, TimeWindow- and, from 5.0, UnifiedCompactionStrategy exist.',
    at: '$1',
    mend: use(quotedIn(TABLE_OPTIONS, 'compaction', 'class')),
  },
  {
    said: /Missing sub-option 'class' for the '(.+)' option/,
    cause: '$1 needs a class.',
    advice: "Write {'class': '…', …}: all options of $1 are given together.",
    at: '$1',
  },
  {
    said: /Properties specified \[(.+)\] are not understood by (\w+)/,
    cause: '$2 has no option $1.',
    advice: 'The editor completes the options of a class after its name.',
    at: '$1',
    mend: use([...keysIn(TABLE_OPTIONS, 'compaction'), ...keysIn(INDEX_OPTIONS, 'OPTIONS')]),
  },
  {
    said: /(?:Min|Max) compaction threshold cannot be less than (\d+) \(got (.+)\)/,
    cause: 'A compaction takes at least $1 files.',
    advice: 'Write $1 or more.',
    at: '$2',
  },
  {
    said: /(.+) is not a parsable (?:int|float|double|long)(?: \(base10\))? for (.+)$/,
    cause: '$2 takes a number, and $1 is none.',
    advice: "Write digits in quotes: '160'.",
    at: '$1',
  },
  {
    said: /(\w+) is not valid for (compaction_window_unit|timestamp_resolution)/,
    cause: '$2 has no value $1.',
    advice: 'A window is counted in MINUTES, HOURS or DAYS.',
    at: '$1',
    mend: use(quotedIn(TABLE_OPTIONS, 'compaction', 'compaction_window_unit')),
  },
  {
    said: /Could not create Compression for type (?:org\.apache\.cassandra\.io\.compress\.)?(\S+)/,
    cause: 'There is no compressor $1.',
    advice: 'LZ4Compressor, ZstdCompressor, SnappyCompressor, DeflateCompressor and NoopCompressor exist.',
    at: '$1',
    mend: use(quotedIn(TABLE_OPTIONS, 'compression', 'class')),
  },
  {
    said: /chunk_length_in_kb must be a power of 2/,
    cause: 'Chunks are 4, 8, 16, 32 or 64 KiB, and so on: a power of 2.',
    advice: 'Write 16, the default.',
    at: 'chunk_length_in_kb',
  },
  {
    said: /Unknown compression options (.+)$/,
    cause: 'Compression has no option $1.',
    advice: 'It has class, chunk_length_in_kb and min_compress_ratio, and those of the class.',
    at: '$1',
    mend: use(keysIn(TABLE_OPTIONS, 'compression')),
  },
  {
    said: /Invalid value '(.+)' for caching sub-option '(.+)': only (.+) are allowed/,
    cause: '$2 of caching has no value $1.',
    advice: 'Allowed are $3.',
    at: '$1',
  },
  {
    said: /Invalid caching sub-options \[(.+)\]/,
    cause: 'Caching has no option $1.',
    advice: "It has 'keys' and 'rows_per_partition'.",
    at: '$1',
    mend: use(keysIn(TABLE_OPTIONS, 'caching')),
  },
  {
    said: /Invalid value (.+) for (?:PERCENTILE )?option '(?:speculative_retry|additional_write_policy)'/,
    cause: '$1 does not say when another replica is asked.',
    advice: "Write '99p', '50ms', 'ALWAYS', 'NEVER' or 'MIN(99p,50ms)'.",
    at: '$1',
  },
  {
    said: /No enum constant .*ReadRepairStrategy\.(.+)$/,
    cause: 'read_repair has no value $1.',
    advice: "It is 'BLOCKING' or 'NONE'.",
    at: '$1',
    mend: use(named('BLOCKING', 'NONE')),
  },
  {
    said: /Memtable configuration "(.+)" not found/,
    cause: 'The nodes have no memtable configuration $1.',
    advice: "'default' always exists; others are named in cassandra.yaml.",
    at: '$1',
  },
  {
    said: /Cannot set default_time_to_live on a table with counters/,
    cause: 'Counters do not expire.',
    advice: 'Leave default_time_to_live out.',
    at: 'default_time_to_live',
  },
  {
    said: /Unknown column '(.+)' referenced in PRIMARY KEY/,
    cause: 'The key names $1, and no column is called so.',
    advice: 'Declare the column, or correct the name.',
    at: '$1',
  },
  {
    said: /Duplicate column '(.+)' declaration/,
    cause: 'The column $1 is declared twice.',
    advice: 'Declare it once.',
    at: '$1',
  },
  {
    said: /Multiple PRIMARY KEY specified/,
    cause: 'PRIMARY KEY is there twice.',
    advice: 'A key of several columns is written once: PRIMARY KEY (a, b).',
    at: 'PRIMARY',
  },
  {
    said: /Invalid non-frozen (?:collection|user-defined)? ?type (.+) for PRIMARY KEY column '(.+)'/,
    cause: '$2 is in the key, so it must be one value: frozen.',
    advice: 'Write frozen<$1>.',
    at: '$2',
  },
  {
    said: /(counter|duration) type is not supported for PRIMARY KEY column '(.+)'/,
    cause: 'The type $1 cannot be part of a key.',
    advice: 'Choose another type for $2.',
    at: '$2',
  },
  {
    said: /frozen<> is only allowed on collections, tuples, and user-defined types \(got (.+)\)/,
    cause: 'The type $1 is one value already.',
    advice: 'Write $1 without frozen.',
    at: 'FROZEN',
  },
  {
    said: /cannot refer to a user type in keyspace (\S+?);/,
    cause: 'A type is used in its own keyspace only, and this one is in $1.',
    advice: 'Create the type in this keyspace too.',
    at: '$1',
  },
  {
    said: /Durations are not allowed inside (sets|map keys)|Durations are not allowed as map keys/,
    cause: 'Durations have no order, so they cannot be elements of a set or keys of a map.',
    advice: 'Use a list, or a number of seconds.',
  },
  {
    said: /vectors may only have positive dimensions; given (-?\d+)/,
    cause: 'A vector has at least one dimension.',
    advice: 'Write the number of dimensions of your model.',
    at: '$1',
  },
  {
    said: /Keyspace name must not be (?:empty, )?more than (\d+) characters long.*["'](\w+)["']\)/,
    cause: 'The name of a keyspace has at most $1 characters.',
    advice: 'Choose a shorter one: it becomes the name of a directory.',
    at: '$2',
  },
  {
    said: /(Table|Keyspace) name must not be empty.*\(got ["'](.+)["']\)/,
    cause: '$2 has a sign that names of tables and keyspaces cannot have, as they become names of files.',
    advice: 'Use letters, digits and _ only.',
    at: '$2',
  },
  {
    said: /Unable to find replication strategy class '(?:\S+\.)?(\w+)'/,
    cause: 'There is no replication strategy $1.',
    advice: 'Use NetworkTopologyStrategy; SimpleStrategy is for one datacenter.',
    at: '$1',
    mend: use(quotedIn(KEYSPACE_OPTIONS, 'replication', 'class')),
  },
  {
    said: /Missing replication strategy class/,
    cause: 'The replication has no class.',
    advice: "Write {'class': 'NetworkTopologyStrategy', 'datacenter': 3}.",
    at: 'replication',
  },
  {
    said: /Unrecognized strategy option \{(.+)\} passed to (\w+)/,
    cause: 'No datacenter is called $1, and $2 has no such option.',
    advice: 'The names of datacenters are on the Ring page; they are exact, capitals too.',
    at: '$1',
  },
  {
    said: /Cannot create secondary index on the only partition key column (.+)$/,
    cause: '$1 is the partition key: it finds its rows without an index.',
    advice: 'Query by $1.',
    at: '$1',
  },
  {
    said: /Secondary indexes on counter tables aren't supported/,
    cause: 'Counters cannot be indexed.',
    advice: 'Keep what is searched for in another table.',
  },
  {
    said: /Cannot create index on non-frozen UDT column (.+)$/,
    cause: '$1 is stored field by field, so it cannot be indexed.',
    advice: 'Make it frozen in a new table, or keep the field in a column.',
    at: '$1',
  },
  {
    said: /Cannot create (?:values|keys|entries)?\(?\)? ?index on frozen column (.+?)\. /,
    cause: '$1 is frozen: it is indexed as a whole.',
    advice: 'Write full($1).',
    at: '$1',
  },
  {
    said: /Cannot create index on (keys|entries) of column (.+) with non-map type/,
    cause: '$2 is not a map, so it has no $1.',
    advice: 'Index the values: ($2).',
    at: '$2',
  },
  {
    said: /Cannot create (.+)\(\) index on (.+)\. Non-collection columns only support simple indexes/,
    cause: '$2 is not a collection, so it has no $1.',
    advice: 'Write ($2).',
    at: '$2',
  },
  {
    said: /full\(\) indexes can only be created on frozen collections/,
    cause: 'full() indexes a frozen collection as a whole, and this one is not frozen.',
    advice: 'Index its values, keys or entries.',
    at: 'full',
  },
  {
    said: /Secondary indexes are not supported on duration columns/,
    cause: 'Durations have no order, so they cannot be indexed.',
    advice: 'Keep a number of seconds.',
  },
  {
    said: /Unable to find custom indexer class '(.+)'/,
    cause: 'The nodes have no index class $1.',
    advice: "From 5.0 'sai' exists; LIKE needs 'org.apache.cassandra.index.sasi.SASIIndex'.",
    at: '$1',
    mend: use(CLASSES),
  },
  {
    said: /Cannot specify index class for a non-CUSTOM index/,
    cause: 'Before Cassandra 5.0 only a CUSTOM index names its class.',
    advice: 'Write CREATE CUSTOM INDEX.',
    at: 'INDEX',
    mend: CUSTOM_INDEX,
  },
  {
    said: /Similarity function (\S+) was not recognized/,
    cause: 'There is no similarity function $1.',
    advice: 'COSINE, DOT_PRODUCT and EUCLIDEAN exist.',
  },
  {
    said: /Cannot specify options for a non-CUSTOM index/,
    cause: 'Cassandra’s own kind of index has no options.',
    advice: "Name a class: USING 'sai' WITH OPTIONS = {…}.",
    at: 'OPTIONS',
  },
  {
    said: /Only CUSTOM indexes support multiple columns/,
    cause: 'An index is on one column.',
    advice: 'Create one for each: SAI uses several together.',
    at: 'INDEX',
  },
  {
    said: /Cannot include static column '(.+)' in materialized view/,
    cause: '$1 is static, and a view has rows only.',
    advice: 'Name the columns of the view, without $1.',
    at: 'SELECT',
  },
  {
    said: /Scripted user-defined functions are disabled/,
    cause: 'These nodes take no functions in JavaScript.',
    advice: 'Write LANGUAGE java: JavaScript is gone in Cassandra 5.0.',
    at: 'LANGUAGE',
  },
  {
    said: /Currently only Java UDFs are available/,
    cause: 'Functions are written in Java: JavaScript went with Java 15.',
    advice: 'Write LANGUAGE java.',
    at: 'LANGUAGE',
  },
  {
    said: /User-defined functions are disabled/,
    cause: 'These nodes take no user-defined functions.',
    advice: 'They are on with user_defined_functions_enabled: true in cassandra.yaml of every node.',
  },
  {
    said: /Materialized views are disabled/,
    cause: 'These nodes take no materialized views.',
    advice:
      'They are on with materialized_views_enabled: true in cassandra.yaml. Views can lose rows: a second table is safer.',
  },
  {
    said: /SASI indexes are disabled/,
    cause: 'These nodes take no SASI indexes.',
    advice: "From 5.0 use 'sai'; SASI is on with sasi_indexes_enabled: true in cassandra.yaml.",
  },
  {
    said: /State function (?:[^.\s]+\.)?(\S+?)\(.*\) doesn't exist/,
    cause: 'The aggregate’s state function $1 does not exist with these types.',
    advice: 'Create it first: it takes the state and the arguments, and gives the state.',
    at: '$1',
  },
  {
    said: /Trigger class '(.+)' couldn't be loaded/,
    cause: 'The nodes have no trigger class $1.',
    advice: 'Put its jar into the triggers directory of every node.',
    at: '$1',
  },
  {
    said: /(Truncation|Modification) is not supported by table (.+)$/,
    cause: '$2 is a virtual table: it shows what a node does, and takes no change.',
    advice: 'Change settings with nodetool or cassandra.yaml.',
  },
  {
    said: /(system\w*) keyspace is not user-modifiable/,
    cause: 'Cassandra keeps $1 itself, and nobody changes it.',
    advice: 'Make tables in a keyspace of your own.',
    at: '$1',
  },
  // Guardrails, 4.1 and later
  {
    said: /Guardrail allow_filtering violated/,
    cause: 'The administrators forbid ALLOW FILTERING here.',
    advice: 'Query by key or index: the guardrail is allow_filtering_enabled in cassandra.yaml.',
    at: 'FILTERING',
  },
  {
    said: /Guardrail (read|write)_consistency_levels violated: (.+)$/,
    cause: 'The administrators forbid this consistency level for a $1.',
    advice: 'Choose another one under the editor: $2',
  },
  {
    said: /Guardrail page_size violated: .*page size (\d+) exceeds fail threshold of (\d+)/,
    cause: 'The administrators allow pages of at most $2 rows, and this asks for $1.',
    advice: 'Choose fewer rows per page under the editor.',
  },
  {
    said: /Guardrail partition_keys_in_select violated: .*number of partition keys (\d+) exceeds fail threshold of (\d+)/,
    cause: 'The administrators allow $2 partitions in an IN, and this names $1.',
    advice: 'Ask for fewer at a time.',
    at: 'IN',
  },
  {
    said: /Guardrail in_select_cartesian_product violated: .*produces (\d+) values, this exceeds fail threshold of (\d+)/,
    cause: 'The lists of the INs multiply to $1 combinations; the administrators allow $2.',
    advice: 'Ask for fewer at a time.',
    at: 'IN',
  },
  {
    said: /Guardrail user_timestamps violated/,
    cause: 'The administrators forbid USING TIMESTAMP here.',
    advice: 'Leave it out.',
    at: 'TIMESTAMP',
    mend: WITHOUT_TIMESTAMP,
  },
  {
    said: /Guardrail group_by violated/,
    cause: 'The administrators forbid GROUP BY here.',
    advice: 'Group in the program that reads.',
    at: 'GROUP',
    mend: without('Remove GROUP BY', ['GROUP', 'BY'], ['ORDER', 'PER', 'LIMIT', 'ALLOW']),
  },
  {
    said: /Guardrail simplestrategy violated/,
    cause: 'The administrators forbid SimpleStrategy here.',
    advice: 'Use NetworkTopologyStrategy.',
    at: 'SimpleStrategy',
    mend: use(named('NetworkTopologyStrategy')),
  },
  {
    said: /Guardrail (keyspaces|tables|columns_per_table|secondary_indexes_per_table|materialized_views_per_table|fields_per_udt) violated: (.+)$/,
    cause: 'The administrators limit the number of $1: $2.',
    advice: 'Drop what is not used, or ask them to raise the guardrail.',
  },
  {
    said: /Guardrail (\S+) violated: (.+)$/s,
    cause: 'A guardrail of the administrators forbids this: $2.',
    advice: 'The setting is $1 in cassandra.yaml.',
  },
];

/** What the table says of a refusal; null where the server’s words are not in it. */
export function knownRefusal(parts: Parts): ErrorHelp | null {
  for (const { said, cause, advice, at, mend } of REFUSALS) {
    const match = said.exec(parts.said);
    if (match === null) continue;
    const found = match.slice(1).map((text) => text ?? '');
    const filled = (text: string) => text.replace(/\$(\d)/g, (_, number: string) => found[Number(number) - 1] ?? '');
    const token = at === undefined ? undefined : tokenOf(parts.tokens, filled(at));
    const change = mend?.(parts, found) ?? null;
    return {
      cause: filled(cause),
      advice: filled(advice),
      range: token === undefined ? null : rangeOf(token),
      suggestions: change === null ? [] : [change],
    };
  }
  return null;
}

/** The token that is a name, a word, a sign or a text; of a qualified name its last part. */
function tokenOf(tokens: readonly Token[], text: string): Token | undefined {
  const [whole] = text.split(',');
  const bare = (whole ?? text).replace(/^"|"$/g, '').trim();
  const last = bare.slice(bare.lastIndexOf('.') + 1);
  const isIt = (token: Token, wanted: string) =>
    token.text === wanted ||
    token.text === quoteIdentifier(wanted) ||
    nameOf(token) === wanted.toLowerCase() ||
    token.text === `'${wanted}'`;
  return tokens.find((token) => isIt(token, bare)) ?? tokens.find((token) => last !== '' && isIt(token, last));
}
