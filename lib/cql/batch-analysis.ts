import type { Refusal } from '@/lib/contract/statements';
import type { Token } from './lexer';
import { refusal } from './refusals';
import { type QualifiedName, TokenReader } from './token-reader';
import {
  type AnalysisContext,
  type ChangeAnalysis,
  changeOf,
  namesCondition,
  reachWarnings,
  rowsText,
  type WriteFacts,
  writeFacts,
} from './write-analysis';
import { parseWrite } from './write-parser';

type Flavour = 'logged' | 'unlogged' | 'counter';

const STARTS = ['INSERT', 'UPDATE', 'DELETE'] as const;

/** The statements of a batch: `;` between them may be left out, and no name is one of these words unquoted. */
function statementsOf(reader: TokenReader): readonly (readonly Token[])[] | undefined {
  const statements: Token[][] = [];
  while (!reader.done && !reader.sees('APPLY', 'BATCH')) {
    const from = reader.at;
    if (STARTS.some((word) => reader.sees(word))) statements.push([]);
    if (!reader.skipGroup()) return undefined;
    const taken = reader.tokens.slice(from, reader.at);
    if (taken[0]?.text !== ';') statements.at(-1)?.push(...taken);
  }
  return reader.takeWords('APPLY', 'BATCH') && reader.done ? statements : undefined;
}

/** The table that each statement of a batch writes to. Undefined unless there are some and all are understood. */
export function batchTargets(tokens: readonly Token[]): readonly QualifiedName[] | undefined {
  const reader = new TokenReader(tokens);
  reader.at = 1;
  takeFlavour(reader);
  const statements = reader.takeWords('BATCH') ? statementsOf(reader) : undefined;
  const targets = statements?.flatMap((statement) => parseWrite(statement)?.table ?? []);
  return targets !== undefined && targets.length > 0 && targets.length === statements?.length ? targets : undefined;
}

function takeFlavour(reader: TokenReader): Flavour {
  if (reader.takeWords('UNLOGGED')) return 'unlogged';
  return reader.takeWords('COUNTER') ? 'counter' : 'logged';
}

/** By the rules of `BatchStatement.validate` (4.0 to 5.0). */
function problemOf(flavour: Flavour, parts: readonly WriteFacts[], partitions: number | null): Refusal | null {
  const first = parts.find(({ refusal: refused }) => refused !== null);
  if (first !== undefined) return first.refusal;
  const counters = parts.filter(({ reach }) => reach?.isCounter === true);
  const others = parts.filter(({ reach }) => reach?.isCounter === false);
  const placed = (part: WriteFacts | undefined, problem: string) => refusal(problem, part?.write.tableRange ?? null);
  if (flavour === 'counter' && others.length > 0) return placed(others[0], 'a counter batch takes counters alone');
  if (counters.length > 0 && others.length > 0) return placed(counters[0], 'counters and other values share no batch');
  if (flavour === 'logged' && counters.length > 0) {
    return placed(counters[0], 'a logged batch takes no counter: write BEGIN COUNTER BATCH');
  }
  const conditional = parts.find(({ write }) => write.isConditional);
  if (conditional !== undefined && partitions !== null && partitions > 1) {
    return placed(conditional, 'a batch with a condition stays in one partition');
  }
  return null;
}

/** How many partitions the statements name together; null where their text does not say which are the same. */
function partitionsOf(parts: readonly WriteFacts[]): number | null {
  const keys = new Set<string>();
  for (const { write, keyspace, reach } of parts) {
    if (reach === null || reach.key === null) return parts.length === 1 ? (reach?.partitions ?? null) : null;
    keys.add(JSON.stringify([keyspace, write.table.name, reach.key]));
  }
  return keys.size;
}

function rowsOf(parts: readonly WriteFacts[]): number | null {
  return parts.reduce<number | null>((sum, { reach }) => {
    if (sum === null || reach === null || reach.rows === null) return null;
    return sum + reach.rows;
  }, 0);
}

function summaryOf(flavour: Flavour, parts: readonly WriteFacts[], partitions: number | null): string {
  const rows = rowsOf(parts);
  const conditional = parts.some(({ write }) => write.isConditional) ? ', conditional (Paxos)' : '';
  if (parts.length === 0) return 'nothing: the batch is empty';
  if (partitions === 1 && flavour !== 'counter') {
    const areRows = rows !== null && parts.every(({ reach }) => reach?.scope === 'rows');
    return `${areRows ? `${rowsText(rows)} in one partition` : 'one partition'}, atomic${conditional}`;
  }
  const what = partitions === null ? 'an unknown number of' : partitions;
  return `${flavour} batch over ${what} ${partitions === 1 ? 'partition' : 'partitions'}${conditional}`;
}

const FACTS: Readonly<Record<Flavour, string>> = {
  logged: 'The batch log makes all of it happen in the end; until then readers may see a part.',
  unlogged: 'Not atomic across partitions: after a failure some of them may be written and others not.',
  counter: 'Not atomic: after a failure some counters may have been changed, so it is never sent again.',
};

function batchFacts(flavour: Flavour, parts: readonly WriteFacts[], partitions: number | null): string[] {
  const unknown = parts.flatMap(({ why }) => (why === null ? [] : [why]));
  return [
    ...(partitions === 1 && flavour !== 'counter' ? [] : [FACTS[flavour]]),
    ...(parts.some(({ write }) => write.isConditional) ? ['Conditional: all of it is applied, or nothing.'] : []),
    ...new Set(unknown.map((why) => `Part of it is unknown, because ${why}.`)),
  ];
}

/** What `BEGIN … BATCH … APPLY BATCH` changes. */
export function analyseBatch(tokens: readonly Token[], context: AnalysisContext): ChangeAnalysis {
  const reader = new TokenReader(tokens);
  reader.at = 1;
  const flavour = takeFlavour(reader);
  const statements = reader.takeWords('BATCH') ? statementsOf(reader) : undefined;
  const parts = statements?.map((statement) => writeFacts(statement, context));
  const known = parts?.flatMap((part) => (part === undefined ? [] : [part])) ?? [];
  if (parts === undefined || known.length < parts.length) {
    const deletes = tokens.some(({ kind, text }) => kind === 'word' && text.toUpperCase() === 'DELETE');
    const change = changeOf({
      scope: 'unknown',
      summary: 'unknown, because Ringside does not understand this batch',
      isConditional: namesCondition(tokens),
    });
    const warnings = deletes ? ['This batch deletes: check each of its statements'] : [];
    return { change, refusal: null, warnings };
  }
  const partitions = partitionsOf(known);
  const refused = problemOf(flavour, known, partitions);
  const change = changeOf({
    scope: refused === null ? 'batch' : 'none',
    summary: refused === null ? summaryOf(flavour, known, partitions) : 'nothing: refused',
    facts: refused === null ? batchFacts(flavour, known, partitions) : [],
    rows: rowsOf(known),
    partitions,
    isConditional: known.some(({ write }) => write.isConditional),
    isCounter: known.some(({ reach }) => reach?.isCounter === true),
    keyspaces: [...new Set(known.flatMap(({ keyspace }) => keyspace ?? []))],
  });
  return { change, refusal: refused, warnings: [...new Set(known.flatMap(reachWarnings))] };
}
