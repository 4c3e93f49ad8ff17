import type { Classification, Cost, Refusal, StatementKind } from '@/lib/contract/statements';
import { analyseBatch } from './batch-analysis';
import { isSignificant, tokenize } from './lexer';
import { notCql } from './not-cql';
import { analyseSchemaChange, analyseTruncate } from './schema-change';
import { type SelectCost, selectCost } from './select-cost';
import { parseSelect } from './select-parser';
import { selectRefusal } from './select-refusal';
import { splitStatements } from './splitter';
import { KIND_BY_WORD } from './statement-start';
import { readDataTarget, readSchemaTarget, type StatementTarget } from './statement-target';
import { type QualifiedName, TokenReader } from './token-reader';
import { type AnalysisContext, analyseWrite, type ChangeAnalysis, changeOf } from './write-analysis';

export type ClassifyContext = AnalysisContext;

type Scan = Pick<Classification, 'cost' | 'order' | 'splittable' | 'pageable' | 'ringProgress'>;

const noRows = (cost: Cost): Scan => ({ cost, order: 'none', splittable: false, pageable: false, ringProgress: false });

function unknown(verb: string, warning: string, refusal: Refusal | null = null): Classification {
  return {
    kind: 'unknown',
    verb,
    isWrite: true,
    isDestructive: false,
    target: null,
    table: null,
    ...noRows({ scope: 'unknown' }),
    warnings: [warning],
    change: null,
    refusal,
  };
}

function resolve(name: QualifiedName, context: ClassifyContext): { keyspace: string | null; name: string } {
  return { keyspace: name.keyspace ?? context.keyspace ?? null, name: name.name };
}

function classifySelect(reader: TokenReader, context: ClassifyContext): Classification {
  const select = parseSelect(reader.tokens);
  const base = {
    kind: 'select',
    verb: 'SELECT',
    isWrite: false,
    isDestructive: false,
    target: null,
    change: null,
  } as const;
  if (select === undefined) {
    const warnings = ['Ringside does not understand this SELECT: what it costs is unknown'];
    return { ...base, table: null, ...noRows({ scope: 'unknown' }), pageable: true, warnings, refusal: null };
  }
  const keyspace = select.table.keyspace ?? context.keyspace;
  const cost: SelectCost = selectCost(select, keyspace, context.schema);
  const refusal = selectRefusal(select, reader.tokens, keyspace, context.schema);
  return { ...base, table: resolve(select.table, context), ...cost, refusal };
}

function write(
  kind: StatementKind,
  found: StatementTarget,
  cost: Cost,
  context: ClassifyContext,
  { change, refusal, warnings }: ChangeAnalysis,
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
    warnings: [...warnings],
    change,
    refusal,
  };
}

/** Reads that are answered by one node and change nothing. */
function read(kind: 'describe' | 'list', verb: string): Classification {
  const base = {
    kind,
    verb,
    isWrite: false,
    isDestructive: false,
    target: null,
    table: null,
    warnings: [],
    change: null,
    refusal: null,
  };
  if (kind === 'list') return { ...base, ...noRows({ scope: 'none' }) };
  return { ...base, ...noRows({ scope: 'one_node' }), order: 'node_local', pageable: true };
}

function classifyData(
  kind: 'insert' | 'update' | 'delete' | 'batch' | 'truncate',
  reader: TokenReader,
  context: ClassifyContext,
): Classification {
  const found = readDataTarget(reader, kind);
  const last = reader.tokens[reader.at - 1];
  const analysis =
    kind === 'truncate'
      ? analyseTruncate(found.target, last, context)
      : kind === 'batch'
        ? analyseBatch(reader.tokens, context)
        : analyseWrite(reader.tokens, context);
  return write(kind, found, { scope: 'write' }, context, analysis);
}

function analyseRights(kind: 'grant' | 'revoke'): ChangeAnalysis {
  const summary = kind === 'grant' ? 'gives rights' : 'takes rights away';
  const facts = ['Nodes keep rights in memory, so it counts everywhere only after that time is over.'];
  return { change: changeOf({ scope: 'roles', summary, facts }), refusal: null, warnings: [] };
}

function classifyKnown(kind: StatementKind, reader: TokenReader, context: ClassifyContext): Classification {
  switch (kind) {
    case 'select':
      return classifySelect(reader, context);
    case 'insert':
    case 'update':
    case 'delete':
    case 'batch':
    case 'truncate':
      return classifyData(kind, reader, context);
    case 'create':
    case 'alter':
    case 'drop': {
      const found = readSchemaTarget(reader);
      return write(kind, found, { scope: 'schema' }, context, analyseSchemaChange(kind, reader.tokens, found, context));
    }
    case 'grant':
    case 'revoke': {
      const found = { verb: kind.toUpperCase(), target: null, hasKeyspace: false };
      return write(kind, found, { scope: 'write' }, context, analyseRights(kind));
    }
    case 'use': {
      const warnings = [
        'USE is not sent, because it would change the keyspace for everyone: choose the keyspace next to the editor',
      ];
      const change = changeOf({ scope: 'none', summary: 'nothing: not sent' });
      const found = { verb: 'USE', target: null, hasKeyspace: false };
      return write(kind, found, { scope: 'none' }, context, { change, refusal: null, warnings });
    }
    case 'describe':
      return read(kind, 'DESCRIBE');
    case 'list':
      return read(kind, ['LIST', reader.word(1)].filter(Boolean).join(' '));
    case 'unknown':
      return unknown('', 'Ringside does not know this statement');
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
  if (broken !== undefined) {
    const message = broken.reason ?? 'This is not CQL';
    return unknown('', message, { message, range: { from: broken.start, to: broken.end }, suggestions: [] });
  }
  const [first, ...others] = splitStatements(statement);
  if (first === undefined) return unknown('', 'There is no statement');
  if (others.length > 0) return unknown('', `These are ${others.length + 1} statements: run them one at a time`);
  const reader = new TokenReader(tokens.filter((token) => isSignificant(token) && token.end <= first.end));
  const word = reader.word();
  if (word === undefined) return unknown('', 'A statement starts with a word such as SELECT');
  const kind = KIND_BY_WORD.get(word);
  if (kind !== undefined) return classifyKnown(kind, reader, context);
  const refusal = notCql(reader.tokens, KIND_BY_WORD.keys());
  return unknown(word, refusal.message, refusal);
}
