import {
  type Consistency,
  consistencySchema,
  type SerialConsistency,
  serialConsistencySchema,
} from '@/lib/contract/common';
import { type QualifiedName, TokenReader } from './token-reader';

/**
 * A command of cqlsh that a script may contain, by the grammar of `cqlshhandling.py` of 4.0 to 5.0. USE is CQL, but in a
 * script it sets what later statements mean. Where a command may come without its value, null asks for the present one.
 */
export type ShellCommand =
  | { readonly name: 'USE'; readonly keyspace: string }
  | { readonly name: 'CONSISTENCY'; readonly level: Consistency | null }
  | { readonly name: 'SERIAL CONSISTENCY'; readonly level: SerialConsistency | null }
  | { readonly name: 'PAGING'; readonly paging: number | boolean | null }
  | { readonly name: 'TRACING' | 'EXPAND'; readonly on: boolean | null }
  | { readonly name: 'SOURCE'; readonly file: string }
  | CopyCommand
  | { readonly name: 'EXIT' }
  /** It means something in a shell alone. */
  | { readonly name: 'SHELL'; readonly command: string }
  /** It begins like a command and cannot be understood; `form` is how it is written. */
  | { readonly name: 'MALFORMED'; readonly command: string; readonly form: string };

export interface CopyCommand {
  readonly name: 'COPY';
  readonly direction: 'TO' | 'FROM';
  readonly table: QualifiedName;
  /** Null: all. */
  readonly columns: readonly string[] | null;
  /** Null: the standard output or input. */
  readonly file: string | null;
}

type Parser = (reader: TokenReader) => ShellCommand | undefined;

interface Command {
  readonly form: string;
  readonly parse: Parser;
}

const LEVELS = consistencySchema.options;
const SERIAL_LEVELS = serialConsistencySchema.options;

const shellOnly =
  (command: string): Parser =>
  () => ({ name: 'SHELL', command });

function ended<T>(reader: TokenReader, value: T): T | undefined {
  return reader.done ? value : undefined;
}

/** ON, OFF, or nothing. */
function readSwitch(reader: TokenReader): boolean | null | undefined {
  if (reader.done) return null;
  if (reader.takeWords('ON')) return ended(reader, true);
  return reader.takeWords('OFF') ? ended(reader, false) : undefined;
}

function parseUse(reader: TokenReader): ShellCommand | undefined {
  const keyspace = reader.takeName();
  return keyspace === undefined ? undefined : ended(reader, { name: 'USE', keyspace });
}

function parseConsistency(reader: TokenReader): ShellCommand | undefined {
  if (reader.done) return { name: 'CONSISTENCY', level: null };
  const level = LEVELS.find((name) => reader.takeWords(name));
  return level === undefined ? undefined : ended(reader, { name: 'CONSISTENCY', level });
}

function parseSerial(reader: TokenReader): ShellCommand | undefined {
  if (!reader.takeWords('CONSISTENCY')) return undefined;
  if (reader.done) return { name: 'SERIAL CONSISTENCY', level: null };
  const level = SERIAL_LEVELS.find((name) => reader.takeWords(name));
  return level === undefined ? undefined : ended(reader, { name: 'SERIAL CONSISTENCY', level });
}

function parsePaging(reader: TokenReader): ShellCommand | undefined {
  const token = reader.peek();
  if (token?.kind === 'number' && /^[1-9]\d{0,8}$/.test(token.text)) {
    reader.at++;
    return ended(reader, { name: 'PAGING', paging: Number(token.text) });
  }
  const paging = readSwitch(reader);
  return paging === undefined ? undefined : { name: 'PAGING', paging };
}

const parseSwitch =
  (name: 'TRACING' | 'EXPAND'): Parser =>
  (reader) => {
    const on = readSwitch(reader);
    return on === undefined ? undefined : { name, on };
  };

function takeString(reader: TokenReader): string | undefined {
  const token = reader.peek();
  if (token?.kind !== 'string') return undefined;
  reader.at++;
  return token.text.startsWith('$$') ? token.text.slice(2, -2) : token.text.slice(1, -1).replaceAll("''", "'");
}

function parseSource(reader: TokenReader): ShellCommand | undefined {
  const file = takeString(reader);
  return file === undefined ? undefined : ended(reader, { name: 'SOURCE', file });
}

/** Undefined where the brackets hold anything but names. */
function takeColumns(reader: TokenReader): readonly string[] | null | undefined {
  if (!reader.takeSymbol('(')) return null;
  const columns: string[] = [];
  do {
    const column = reader.takeName();
    if (column === undefined) return undefined;
    columns.push(column);
  } while (reader.takeSymbol(','));
  return reader.takeSymbol(')') ? columns : undefined;
}

function parseCopy(reader: TokenReader): ShellCommand | undefined {
  const table = reader.takeQualifiedName();
  const columns = takeColumns(reader);
  const direction = reader.takeWords('TO') ? 'TO' : reader.takeWords('FROM') ? 'FROM' : undefined;
  if (table === undefined || columns === undefined || direction === undefined) return undefined;
  const file = reader.takeWords(direction === 'TO' ? 'STDOUT' : 'STDIN') ? null : takeString(reader);
  if (file === undefined || !(reader.done || reader.sees('WITH'))) return undefined;
  return { name: 'COPY', direction, table, columns, file };
}

const SWITCH = '[ON | OFF]';

/** Each by its first word. DESCRIBE is not here: since 4.0 it is a statement that a server answers. */
const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['USE', { form: 'USE keyspace', parse: parseUse }],
  ['CONSISTENCY', { form: `CONSISTENCY [${LEVELS.join(' | ')}]`, parse: parseConsistency }],
  ['SERIAL', { form: `SERIAL CONSISTENCY [${SERIAL_LEVELS.join(' | ')}]`, parse: parseSerial }],
  ['PAGING', { form: 'PAGING [ON | OFF | rows]', parse: parsePaging }],
  ['TRACING', { form: `TRACING ${SWITCH}`, parse: parseSwitch('TRACING') }],
  ['EXPAND', { form: `EXPAND ${SWITCH}`, parse: parseSwitch('EXPAND') }],
  ['SOURCE', { form: "SOURCE 'file'", parse: parseSource }],
  ['COPY', { form: "COPY table [(columns)] TO | FROM 'file' [WITH options]", parse: parseCopy }],
  ['EXIT', { form: 'EXIT', parse: (reader) => ended(reader, { name: 'EXIT' }) }],
  ['QUIT', { form: 'QUIT', parse: (reader) => ended(reader, { name: 'EXIT' }) }],
  ...['SHOW', 'LOGIN', 'CLEAR', 'CLS', 'HELP', 'CAPTURE', 'DEBUG', 'HISTORY', 'ELAPSED'].map(
    (word): readonly [string, Command] => [word, { form: word, parse: shellOnly(word) }],
  ),
]);

/** The command that one statement of a script is; undefined where it is for a server. Never throws. */
export function parseShellCommand(statement: string): ShellCommand | undefined {
  if (statement.startsWith('?')) return { name: 'SHELL', command: 'HELP' };
  const word = /^[A-Za-z]+/.exec(statement)?.[0].toUpperCase();
  const command = word === undefined ? undefined : COMMANDS.get(word);
  if (word === undefined || command === undefined) return undefined;
  const reader = new TokenReader(statement);
  // A longer word, such as `exits`, is no command.
  if (reader.word() !== word) return undefined;
  reader.at = 1;
  return command.parse(reader) ?? { name: 'MALFORMED', command: word, form: command.form };
}
