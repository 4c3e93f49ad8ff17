import type { Classification, Cost, StatementKind } from '@/lib/contract/statements';
import { isSignificant, tokenize } from './lexer';
import type { SchemaLookup } from './schema-lookup';
import { type SelectCost, selectCost } from './select-cost';
import { parseSelect } from './select-parser';
import { splitStatements } from './splitter';
import { readDataTarget, readSchemaTarget, type StatementTarget } from './statement-target';
import { type QualifiedName, TokenReader } from './token-reader';
import { writeWarnings } from './write-warnings';

export interface ClassifyContext {
  /** The keyspace of the request, for names without one. */
  readonly keyspace?: string | undefined;
  readonly schema?: SchemaLookup | undefined;
}

type Scan = Pick<Classification, 'cost' | 'order' | 'splittable' | 'pageable' | 'ringProgress'>;

const noRows = (cost: Cost): Scan => ({ cost, order: 'none', splittable: false, pageable: false, ringProgress: false });

/** Commands of the cqlsh shell, which servers do not know. */
export const SHELL_COMMANDS: ReadonlySet<string> = new Set(
  'CAPTURE CLEAR CLS CONSISTENCY COPY DEBUG EXIT EXPAND HELP HISTORY LOGIN PAGING QUIT SERIAL SHOW SOURCE TRACING'.split(
    ' ',
  ),
);

function unknown(verb: string, ...warnings: readonly string[]): Classification {
  return {
    kind: 'unknown',
    verb,
    isWrite: true,
    isDestructive: false,
    target: null,
    table: null,
    ...noRows({ scope: 'unknown' }),
    warnings: [...warnings],
  };
}

function resolve(name: QualifiedName, context: ClassifyContext): { keyspace: string | null; name: string } {
  return { keyspace: name.keyspace ?? context.keyspace ?? null, name: name.name };
}

function classifySelect(reader: TokenReader, context: ClassifyContext): Classification {
  const select = parseSelect(reader.tokens);
  const base = { kind: 'select', verb: 'SELECT', isWrite: false, isDestructive: false, target: null } as const;
  if (select === undefined) {
    const warnings = ['Ringside does not understand this SELECT: what it costs is unknown'];
    return { ...base, table: null, ...noRows({ scope: 'unknown' }), pageable: true, warnings };
  }
  const keyspace = select.table.keyspace ?? context.keyspace;
  const { warnings, ...cost }: SelectCost = selectCost(select, keyspace, context.schema);
  return { ...base, table: resolve(select.table, context), ...cost, warnings };
}

function write(
  kind: StatementKind,
  found: StatementTarget,
  cost: Cost,
  context: ClassifyContext,
  warnings: string[] = [],
): Classification {
  const { target } = found;
  return {
    kind,
    verb: found.verb,
    isWrite: true,
    isDestructive: kind === 'drop' || kind === 'truncate',
    target: target && (found.hasKeyspace ? resolve(target, context) : { keyspace: null, name: target.name }),
    table: null,
    ...noRows(cost),
    warnings,
  };
}

/** Reads that are answered by one node and change nothing. */
function read(kind: 'describe' | 'list', verb: string): Classification {
  const base = { kind, verb, isWrite: false, isDestructive: false, target: null, table: null, warnings: [] };
  if (kind === 'list') return { ...base, ...noRows({ scope: 'none' }) };
  return { ...base, ...noRows({ scope: 'one_node' }), order: 'node_local', pageable: true };
}

const KIND_BY_WORD: ReadonlyMap<string, StatementKind> = new Map([
  ['SELECT', 'select'],
  ['INSERT', 'insert'],
  ['UPDATE', 'update'],
  ['DELETE', 'delete'],
  ['BEGIN', 'batch'],
  ['TRUNCATE', 'truncate'],
  ['CREATE', 'create'],
  ['ADD', 'create'],
  ['ALTER', 'alter'],
  ['DROP', 'drop'],
  ['GRANT', 'grant'],
  ['REVOKE', 'revoke'],
  ['USE', 'use'],
  ['DESCRIBE', 'describe'],
  ['DESC', 'describe'],
  ['LIST', 'list'],
]);

function classifyKnown(kind: StatementKind, reader: TokenReader, context: ClassifyContext): Classification {
  switch (kind) {
    case 'select':
      return classifySelect(reader, context);
    case 'insert':
    case 'update':
    case 'delete':
    case 'batch':
    case 'truncate': {
      const found = readDataTarget(reader, kind);
      return write(kind, found, { scope: 'write' }, context, writeWarnings(kind, reader.tokens, found.target, context));
    }
    case 'create':
    case 'alter':
    case 'drop': {
      const found = readSchemaTarget(reader);
      return write(
        kind,
        found,
        { scope: 'schema' },
        context,
        writeWarnings(kind, reader.tokens, found.target, context),
      );
    }
    case 'grant':
    case 'revoke':
      return write(kind, { verb: kind.toUpperCase(), target: null, hasKeyspace: false }, { scope: 'write' }, context);
    case 'use': {
      const warnings = [
        'USE is not sent, because it would change the keyspace for everyone: choose the keyspace next to the editor',
      ];
      return write(kind, { verb: 'USE', target: null, hasKeyspace: false }, { scope: 'none' }, context, warnings);
    }
    case 'describe':
      return read(kind, 'DESCRIBE');
    case 'list':
      return read(kind, ['LIST', reader.word(1)].filter(Boolean).join(' '));
    case 'unknown':
      return unknown('');
    default:
      return kind satisfies never;
  }
}

/**
 * Classifies a statement: what it is, what it touches and what it costs. Text that is not exactly one statement, or that
 * cannot be recognised by lexer and leading words, is `unknown` and counts as a write. Never throws.
 */
export function classify(statement: string, context: ClassifyContext = {}): Classification {
  const tokens = tokenize(statement);
  const broken = tokens.find((token) => token.kind === 'error');
  if (broken !== undefined) return unknown('', broken.reason ?? 'This is not CQL');
  const [first, ...others] = splitStatements(statement);
  if (first === undefined) return unknown('', 'There is no statement');
  if (others.length > 0) return unknown('', `These are ${others.length + 1} statements: run them one at a time`);
  const reader = new TokenReader(tokens.filter((token) => isSignificant(token) && token.end <= first.end));
  const word = reader.word();
  if (word === undefined) return unknown('', 'A statement starts with a word such as SELECT');
  const kind = KIND_BY_WORD.get(word);
  if (kind !== undefined) return classifyKnown(kind, reader, context);
  if (SHELL_COMMANDS.has(word)) return unknown(word, `${word} is a command of cqlsh, which the server does not know`);
  return unknown(word, `Ringside does not know a statement that starts with ${word}: it is treated as a write`);
}

const READING: ReadonlySet<StatementKind> = new Set<StatementKind>(['select', 'describe', 'list']);

/**
 * True only for exactly one SELECT, DESCRIBE or LIST statement that the lexer understands to its end: in the server's
 * grammar nothing that starts with these words writes. Everything else is false.
 */
export function isReadOnlyStatement(statement: string): boolean {
  const { kind, isWrite } = classify(statement);
  return READING.has(kind) && !isWrite;
}
