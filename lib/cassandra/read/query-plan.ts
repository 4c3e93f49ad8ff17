import 'server-only';
import type { z } from 'zod';
import { type Consistency, DEFAULT_TIMEOUT_MS } from '@/lib/contract/common';
import type { queryRequestSchema } from '@/lib/contract/reads';
import type { SchemaResponse, Table } from '@/lib/contract/schema';
import type { Classification, StatementKind } from '@/lib/contract/statements';
import { classify } from '@/lib/cql/classifier';
import { consistencyProblem } from '@/lib/cql/consistency-rules';
import { lacksPassword } from '@/lib/cql/redact';
import { type SchemaLookup, schemaLookup } from '@/lib/cql/schema-lookup';
import { splitStatements } from '@/lib/cql/splitter';
import { harmfulShape } from '@/lib/cql/statement-shape';
import { limits } from '@/lib/limits';
import { Failure, invalidRequest } from '../../failure';
import { UNPAGED } from '../client/answer';
import { type Cluster, MURMUR3 } from '../client/cluster';
import { bindMarkers, encodeParams } from '../client/prepared';
import { findKeyspace, findTable, readSchema, readSchemaFor, readTable } from '../schema/schema';
import type { ReadPlan } from './reads';

type QueryRequest = z.output<typeof queryRequestSchema>;

/**
 * What a statement is and costs, with the cluster's current schema.
 * @throws Failure when the schema cannot be read
 */
export async function classifyStatement(
  cluster: Cluster,
  statement: string,
  keyspace?: string,
): Promise<Classification> {
  return (await classifyNow(cluster, statement, keyspace)).classification;
}

/** Statements in which every name belongs to the keyspace of the one table that they name. */
const OF_ONE_TABLE: ReadonlySet<StatementKind> = new Set<StatementKind>([
  'select',
  'insert',
  'update',
  'delete',
  'truncate',
]);

interface Classified {
  readonly schema: SchemaResponse;
  readonly classification: Classification;
  /** The statement qualifies every name with its keyspace. */
  readonly isQualified: boolean;
}

/**
 * A table missing from the schema may have just been created, so the schema is reloaded first.
 * @param known used instead, unless it lacks the table
 */
async function classifyNow(
  cluster: Cluster,
  statement: string,
  keyspace: string | undefined,
  known?: SchemaResponse,
): Promise<Classified> {
  const { kind, table, target } = classify(statement);
  const named = OF_ONE_TABLE.has(kind) ? (table ?? target) : null;
  const of = named?.keyspace ?? keyspace;
  const isKnown = known !== undefined && (named === null || findTable(known, of ?? '', named.name) !== undefined);
  const schema = isKnown ? known : await schemaWith(cluster, of, named?.name);
  const classification = await classifyWith(cluster, schemaLookup(schema.keyspaces), statement, keyspace);
  return { schema, classification, isQualified: named !== null && named.keyspace !== null };
}

async function schemaWith(cluster: Cluster, keyspace: string | undefined, table: string | undefined) {
  if (keyspace === undefined || table === undefined) return readSchema(cluster);
  return (await readTable(cluster, keyspace, table)).schema;
}

/** Like {@link classifyStatement}, with a given schema. */
export async function classifyWith(
  cluster: Cluster,
  schema: SchemaLookup,
  statement: string,
  keyspace: string | undefined,
): Promise<Classification> {
  const classification = classify(statement, { keyspace, schema });
  const { partitioner } = await cluster.identity();
  // Tokens of other partitioners are not signed 64-bit numbers.
  return partitioner === MURMUR3 ? classification : { ...classification, ringProgress: false, splittable: false };
}

/**
 * Decides whether and how a statement from the editor runs. A statement that may change something never runs on a
 * read-only cluster, nor before its exact text is confirmed.
 * @param known the schema as it was a moment ago, where asking for its version each time costs too much
 * @throws Failure `read_only`, `confirmation_required`, `invalid_request`
 */
export async function planQuery(cluster: Cluster, request: QueryRequest, known?: SchemaResponse): Promise<ReadPlan> {
  checkText(request.statement);
  const statement = singleStatement(request.statement);
  const { schema, classification, isQualified } = await classifyNow(cluster, statement, request.keyspace, known);
  // A statement that does not need a keyspace runs on a connection without one.
  const keyspace = isQualified ? undefined : request.keyspace;
  if (keyspace !== undefined && known?.keyspaces.some(({ name }) => name === keyspace) !== true) {
    await checkKeyspace(cluster, keyspace);
  }
  checkAllowed(cluster, request, classification);
  const consistency = checkedConsistency(request.consistency ?? cluster.config.consistency, classification);
  const unset = checkedUnset(request.unset, classification);
  const params =
    request.params === undefined ? null : await encode(cluster, statement, keyspace, request.params, unset);
  return {
    cluster,
    keyspace,
    statement,
    params,
    shown: statement,
    classification,
    table: tableOf(schema, classification),
    range: null,
    consistency,
    serialConsistency: request.serialConsistency,
    pageRows: isUnpaged(classification) ? UNPAGED : (request.pageRows ?? cluster.config.pageRows),
    maxPages: request.maxPages ?? 1,
    cursor: request.cursor,
    timeoutMs: request.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    trace: request.trace ?? false,
  };
}

/** @throws Failure `not_found`; only names in the schema ever reach the driver */
async function checkKeyspace(cluster: Cluster, keyspace: string): Promise<void> {
  const { found } = await readSchemaFor(cluster, (schema) => findKeyspace(schema, keyspace));
  if (found !== undefined) return;
  throw new Failure({
    code: 'not_found',
    message: `There is no keyspace “${keyspace}”.`,
    hint: 'Choose another keyspace below the editor, or qualify the table name: keyspace.table.',
    retryable: false,
  });
}

/** @throws Failure `invalid_request` when the statement cannot run at this consistency level */
export function checkedConsistency(level: Consistency, classification: Classification): Consistency {
  const problem = consistencyProblem(level, classification);
  if (problem === null) return level;
  throw new Failure({ code: 'invalid_request', ...problem, option: 'consistency', retryable: false });
}

async function encode(
  cluster: Cluster,
  statement: string,
  keyspace: string | undefined,
  values: NonNullable<QueryRequest['params']>,
  unset: readonly number[],
): Promise<(Buffer | null)[]> {
  const client = await cluster.client(keyspace);
  return encodeParams(await bindMarkers(client, statement), values, unset);
}

/** @throws Failure `invalid_request`: what an unset LIMIT or condition reads is not what is shown */
export function checkedUnset(unset: readonly number[] = [], { isWrite }: Classification): readonly number[] {
  if (isWrite || unset.length === 0) return unset;
  throw invalidRequest('A value can be left unset only in a statement that changes data.', 'Give it a value, or null.');
}

/**
 * A statement as its parameters are asked for: checked like one that runs, but nothing runs.
 * @throws Failure `invalid_request`, `not_found`
 */
export async function planPrepare(cluster: Cluster, text: string, keyspace: string | undefined) {
  checkText(text);
  const statement = singleStatement(text);
  const { schema, classification, isQualified } = await classifyNow(cluster, statement, keyspace);
  const within = isQualified ? undefined : keyspace;
  if (within !== undefined) await checkKeyspace(cluster, within);
  return { statement, keyspace: within, classification, schema };
}

/** Cassandra merges several partitions in order only without paging. */
function isUnpaged({ kind, pageable, order }: Classification): boolean {
  return kind === 'select' && !pageable && order === 'clustering';
}

function tableOf(schema: SchemaResponse, { table }: Classification): Table | undefined {
  return table?.keyspace == null ? undefined : findTable(schema, table.keyspace, table.name);
}

/**
 * Refuses statements that would keep Cassandra's parser, and a CPU core, busy for longer than anyone waits, and those whose
 * password gave way to a sign that would become the password.
 * @throws Failure `invalid_request`
 */
function checkText(text: string): void {
  const { statementCharacters } = limits();
  if (text.length > statementCharacters) {
    throw invalidRequest(
      `The statement is too long: it has ${text.length} characters, and at most ${statementCharacters} are allowed.`,
      'Send values as parameters, split the statement, or raise RINGSIDE_MAX_STATEMENT_CHARACTERS on the server.',
    );
  }
  if (lacksPassword(text)) {
    throw invalidRequest(
      'The statement was not sent: its password was left out when it was kept.',
      "Type the password in place of '•••'.",
    );
  }
  const problem = harmfulShape(text);
  if (problem === null) return;
  throw invalidRequest(
    `The statement was not sent: it has ${problem}, which would keep Cassandra’s parser busy for minutes.`,
    'Rewrite it with fewer of them.',
  );
}

/** The only statement, without surrounding text: the server does not accept a comment after it. */
function singleStatement(text: string): string {
  const [first, ...others] = splitStatements(text);
  if (first === undefined) throw invalidRequest('There is no statement to run.');
  if (others.length === 0) return first.text;
  throw invalidRequest(
    `There are ${others.length + 1} statements; a request can run only one.`,
    'Send them one after another.',
  );
}

/**
 * No Cassandra of 4.0 to 5.0 runs it, so nobody is asked to confirm it as a write; a later release might, so it is not sent
 * either.
 */
function notAStatement(text: string, { warnings, refusal }: Classification): Failure {
  const before = text.slice(0, text.indexOf(singleStatement(text)) + (refusal?.range?.from ?? 0)).split('\n');
  const position = { line: before.length, column: before.at(-1)?.length ?? 0 };
  return new Failure({
    code: 'syntax_error',
    message: `${warnings[0] ?? 'This is not CQL'}. It was not sent to Cassandra.`,
    ...(refusal?.range == null ? {} : { position }),
    retryable: false,
  });
}

function checkAllowed(cluster: Cluster, request: QueryRequest, classification: Classification): void {
  const { kind, isWrite, isDestructive, target, verb } = classification;
  if (kind === 'unknown') throw notAStatement(request.statement, classification);
  if (kind === 'use') {
    throw invalidRequest(
      'USE was not run: the connection is shared.',
      'Choose the keyspace below the editor, or qualify the table name: keyspace.table.',
    );
  }
  if (!isWrite) return;
  if (cluster.readOnly) {
    throw new Failure({
      code: 'read_only',
      message: `${cluster.summary().label} is read-only here: ${verb || 'this statement'} was not run.`,
      hint: 'To allow writes, set writes: true for this cluster in Ringside’s configuration.',
      retryable: false,
    });
  }
  if (request.confirm?.statement !== request.statement)
    throw unconfirmed('The statement was not run: confirm its exact text first.');
  if (isDestructive && target === null)
    throw invalidRequest(`Ringside cannot tell what this ${verb} acts on, so it was not run.`);
  const names = target === null ? [] : [target.name, `${target.keyspace}.${target.name}`];
  if (isDestructive && target !== null && !names.includes(request.confirm.name ?? '')) {
    throw unconfirmed(`The statement was not run: type the name ${target.name} to confirm ${verb}.`);
  }
}

function unconfirmed(message: string): Failure {
  return new Failure({ code: 'confirmation_required', message, retryable: false });
}
