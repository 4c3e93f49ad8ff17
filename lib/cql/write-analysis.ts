import type { Change, Refusal } from '@/lib/contract/statements';
import { qualifiedName } from './identifiers';
import type { Token } from './lexer';
import { refusal, unknownName } from './refusals';
import type { SchemaLookup, TableShape } from './schema-lookup';
import { type ParsedWrite, parseWrite } from './write-parser';
import { type Reach, reachOf } from './write-reach';

/** What is known of a statement that changes something. */
export interface ChangeAnalysis {
  readonly change: Change;
  readonly refusal: Refusal | null;
  /** What a person may not expect, beyond what it says by itself. */
  readonly warnings: readonly string[];
}

export interface AnalysisContext {
  /** For names without one. */
  readonly keyspace?: string | undefined;
  readonly schema?: SchemaLookup | undefined;
}

/** One INSERT, UPDATE or DELETE, taken apart; alone or in a batch. */
export interface WriteFacts {
  readonly write: ParsedWrite;
  readonly keyspace: string | undefined;
  readonly reach: Reach | null;
  readonly refusal: Refusal | null;
  /** Why the reach is not known; null where it is, and for a refusal. */
  readonly why: string | null;
}

export function changeOf(parts: Pick<Change, 'scope' | 'summary'> & Partial<Change>): Change {
  return {
    facts: [],
    rows: null,
    partitions: null,
    isConditional: false,
    isCounter: false,
    keyspaces: [],
    ...parts,
  };
}

/** The facts of one write; undefined where its text is not understood. */
export function writeFacts(tokens: readonly Token[], context: AnalysisContext): WriteFacts | undefined {
  const write = parseWrite(tokens);
  return write && factsOf(write, context);
}

function factsOf(write: ParsedWrite, { keyspace: own, schema }: AnalysisContext): WriteFacts {
  const keyspace = write.table.keyspace ?? own;
  const unknown = (why: string | null, found: Refusal | null = null): WriteFacts => {
    return { write, keyspace, reach: null, refusal: found, why };
  };
  if (schema === undefined) return unknown('Ringside does not know the schema');
  if (keyspace === undefined) return unknown('the keyspace is missing: choose one, or write keyspace.table');
  if (write.hasHiddenColumns) return unknown('its columns are in a parameter');
  const table = schema.table(keyspace, write.table.name);
  if (table === undefined) return unknown(null, unknownTable(write, keyspace, schema));
  const found = reachOf(write, table);
  return 'refused' in found
    ? unknown(null, found.refused)
    : { write, keyspace, reach: found.reach, refusal: null, why: null };
}

function unknownTable({ table, tableRange }: ParsedWrite, keyspace: string, schema: SchemaLookup): Refusal {
  const home = schema.keyspace(keyspace);
  if (home === undefined) return refusal(`there is no keyspace ${keyspace}`, tableRange);
  const names = home.tables.map(({ name }) => name);
  return unknownName(`there is no table ${qualifiedName(keyspace, table.name)}`, tableRange, table.name, names);
}

export function rowsText(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`;
}

/** `1 row`, `range of one partition`, `3 whole partitions`, `static columns of a partition`. */
function reachText({ scope, rows, partitions }: Reach): string {
  switch (scope) {
    case 'rows':
      if (rows === null) return 'as many rows as its parameters name';
      if (partitions === 1 || rows === 1) return rows === 1 ? '1 row' : `${rows} rows of one partition`;
      return partitions === rows ? `${rows} rows` : `${rows} rows in ${partitions} partitions`;
    case 'range':
      return partitions === 1 ? 'range of one partition' : `a range of each of ${partitions ?? 'several'} partitions`;
    case 'partitions':
      return partitions === 1 ? '1 whole partition' : `${partitions ?? 'several'} whole partitions`;
    case 'static':
      return partitions === 1
        ? 'static columns of a partition'
        : `static columns of ${partitions ?? 'several'} partitions`;
    default:
      return scope satisfies never;
  }
}

const PAXOS = 'Conditional: a Paxos round decides, at the serial consistency; it answers whether it was applied.';

/** What a DELETE takes with it that its text does not show. */
export function reachWarnings({ write, reach, refusal: refused }: WriteFacts): readonly string[] {
  if (write.verb !== 'delete' || write.columns.length > 0) return [];
  if (reach === null) {
    const isSure = refused !== null && !/there is no (table|keyspace)/.test(refused.message);
    return isSure ? [] : ['May delete whole partitions: Ringside does not know this table'];
  }
  if (reach.scope === 'range') return ['Deletes a range of rows, not one'];
  if (reach.scope !== 'partitions') return [];
  if (reach.partitions === 1) return ['Deletes the whole partition, with every row in it'];
  return [`Deletes ${reach.partitions ?? 'several'} whole partitions, with every row in them`];
}

function factLines({ write, reach }: WriteFacts, table: TableShape | undefined): string[] {
  const lines: string[] = [];
  if (write.isConditional) lines.push(PAXOS);
  if (reach?.isCounter) lines.push('A counter counts twice if it is sent twice: Ringside never repeats it.');
  if (write.verb === 'update' && reach?.scope === 'rows' && !reach.isCounter && !write.isConditional) {
    lines.push('A row that does not exist is made: UPDATE inserts.');
  }
  if (write.verb === 'insert' && !write.isConditional && reach?.scope === 'rows') {
    lines.push('A row with this key is overwritten, column by column.');
  }
  if (reach?.scope === 'static') lines.push('A static column has one value for all rows of its partition.');
  if (reach !== null && write.verb === 'insert' && setsStaticToo(write, table)) {
    lines.push('It also writes static columns, which all rows of the partition share.');
  }
  return lines;
}

function setsStaticToo({ columns }: ParsedWrite, table: TableShape | undefined): boolean {
  const statics = new Set((table?.columns ?? []).filter(({ kind }) => kind === 'static').map(({ name }) => name));
  return columns.some(({ name }) => statics.has(name));
}

/** `IF` is reserved: as a word that is not quoted it is nothing else. */
export function namesCondition(tokens: readonly Token[]): boolean {
  return tokens.some(({ kind, text }) => kind === 'word' && text.toUpperCase() === 'IF');
}

/** What an INSERT, UPDATE or DELETE changes. */
export function analyseWrite(tokens: readonly Token[], context: AnalysisContext): ChangeAnalysis {
  const facts = writeFacts(tokens, context);
  if (facts === undefined) {
    const isDelete = tokens[0]?.text.toUpperCase() === 'DELETE' && tokens[1]?.text.toUpperCase() === 'FROM';
    const change = changeOf({
      scope: 'unknown',
      summary: 'unknown, because Ringside does not understand this statement',
      isConditional: namesCondition(tokens),
    });
    const warnings = isDelete ? ['May delete whole partitions: Ringside does not know how much this matches'] : [];
    return { change, refusal: null, warnings };
  }
  const { write, keyspace, reach, why } = facts;
  const keyspaces = keyspace === undefined ? [] : [keyspace];
  const base = { keyspaces, isConditional: write.isConditional };
  if (reach === null) {
    const summary = facts.refusal === null ? `unknown, because ${why}` : 'nothing: refused';
    const change = changeOf({ scope: facts.refusal === null ? 'unknown' : 'none', summary, ...base });
    return { change, refusal: facts.refusal, warnings: reachWarnings(facts) };
  }
  const table = keyspace === undefined ? undefined : context.schema?.table(keyspace, write.table.name);
  const { scope, rows, partitions, isCounter } = reach;
  const summary = [
    reachText(reach),
    ...(isCounter ? ['counter'] : []),
    ...(write.isConditional ? ['conditional (Paxos)'] : []),
  ].join(', ');
  const change = changeOf({ scope, summary, rows, partitions, isCounter, ...base, facts: factLines(facts, table) });
  return { change, refusal: null, warnings: reachWarnings(facts) };
}
