import 'server-only';
import type { z } from 'zod';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { readSchema } from '@/lib/cassandra/schema/schema';
import { readSizes } from '@/lib/cassandra/schema/sizes';
import { readTableDetails } from '@/lib/cassandra/schema/table-details';
import { CompareError, comparable, isSameType } from '@/lib/compare/columns';
import type { Sides } from '@/lib/compare/plan';
import { DEFAULT_TIMEOUT_MS } from '@/lib/contract/common';
import type { CopyPlan, copyRequestSchema } from '@/lib/contract/copy';
import type { Principal } from '@/lib/contract/principal';
import type { Mapping } from '@/lib/contract/transforms';
import { isCounter } from '@/lib/cql/mutation/checks';
import { isFrozen } from '@/lib/cql/mutation/places';
import { type ColumnShape, type TableShape, udtLookup } from '@/lib/cql/schema-lookup';
import { formatCqlType } from '@/lib/cql/type-text';
import { Failure, invalidRequest } from '@/lib/failure';
import { confirmNameOf } from '@/lib/mutations/marked-red';
import { REVIEW_MS, Reviews } from '@/lib/mutations/reviewed';
import type { ChangedTable } from '@/lib/mutations/table';
import { columnMask } from '@/lib/rights/masks';
import type { PersonRights, RightPlace } from '@/lib/rights/rules';
import { RowInsert } from '@/lib/writing/insert';
import { newTable } from './create';
import { CopyError, type Field, ttlField, writeTimeField } from './fields';
import { CopyMapper, carriedColumns } from './mapper';
import type { CopyWork, SourceWork } from './request';
import { type CopySource, copySource } from './source';
import { findTarget } from './target';

/** What was reviewed, as the job runs it. */
interface PlannedCopy {
  /** Of the source. */
  readonly cluster: string;
  readonly confirmName: string | null;
  readonly work: CopyWork;
}

export const copyReviews = new Reviews<PlannedCopy>('ringside.reviewed-copies');

/** A request, with its failed rows as the way in found them. */
export type AskedCopy = Omit<z.output<typeof copyRequestSchema>, 'again'> & {
  readonly earlier?: EarlierCopy | undefined;
};

/** A copy whose failed rows are copied again. */
export interface EarlierCopy {
  readonly directory: string;
  /** What it did with its rows: without a mapping that holds for them again, so that what it masked stays masked. */
  readonly did: Pick<CopyWork, 'mapping' | 'nulls' | 'rowsPerSecond' | 'targetConsistency'> | null;
}

/**
 * Plans a copy: what is read, what is created and what writes a row. Nothing is written.
 * @param rights what columns are masked by; null: nothing is masked
 * @throws Failure `read_only`, `not_found`, `invalid_request` with what does not fit; `forbidden` for a masked column of the
 *   target
 */
export async function planCopy(
  clusters: Sides<Cluster>,
  asked: AskedCopy,
  principal: Principal,
  rights: PersonRights | null = null,
): Promise<CopyPlan> {
  return kept(clusters, await decideCopy(clusters, asked, principal, rights), principal);
}

/** A copy with everything decided. */
export interface DecidedCopy {
  readonly work: CopyWork;
  readonly from: CopySource;
  /** The target as it is, or will be. */
  readonly target: TableShape;
  readonly left: CopyPlan['left'];
  readonly notes: readonly string[];
}

/** Works out what a copy does, as {@link planCopy}, and keeps nothing for a review. @throws Failure as that */
export async function decideCopy(
  clusters: Sides<Cluster>,
  request: AskedCopy,
  principal: Principal,
  rights: PersonRights | null = null,
): Promise<DecidedCopy> {
  const asked = asBefore(request);
  const target = { keyspace: asked.target.keyspace, table: asked.target.table };
  const found = await findTarget(clusters.target, target, rights);
  const source = sourceWork(asked);
  checkPlaces(clusters, source, target);
  const { keepTtl, keepWriteTime, timeoutMs = DEFAULT_TIMEOUT_MS } = asked;
  const consistency = asked.consistency ?? clusters.source.config.consistency ?? 'LOCAL_QUORUM';
  const reading = { source, keepTtl, keepWriteTime, timeoutMs, consistency, rights };
  const from = await copySource(clusters.source, reading, principal);
  const mapping = withAges(asked.mapping ?? defaultMapping(from, found?.shape ?? null), from.fields);
  checkUnmasked(mapping, { cluster: clusters.target.name, ...target }, rights);
  const made = await madeTarget(clusters, { asked, source, from, mapping, found });
  const { mapper, write } = orInvalid(() => ({
    mapper: new CopyMapper(mapping, from.fields, made.shape, asked.nulls),
    write: new RowInsert(
      { ...target, shape: made.shape },
      mapping.map(({ to }) => to),
    ).statement,
  }));
  const work: CopyWork = {
    ...{ source, target: { cluster: clusters.target.name, ...target }, mapping, create: [...made.create] },
    ...{
      targetVersion: found?.version ?? null,
      nulls: asked.nulls,
      verify: checkedVerify(asked, from, mapper, made.shape),
    },
    ...{ rowsPerSecond: asked.rowsPerSecond ?? null, limits: asked.limits, consistency, timeoutMs },
    targetConsistency: asked.targetConsistency ?? clusters.target.config.consistency ?? 'LOCAL_QUORUM',
    ...{ read: from.read, write },
  };
  const left = leftOf(from.fields, mapping, made.shape);
  const masked = found?.masked ?? [];
  const notes = notesOf({ work, from, mapping, target: made.shape, masked, isNew: found === null });
  return { work, from, target: made.shape, left, notes };
}

function asBefore(asked: AskedCopy): AskedCopy {
  const did = asked.mapping === undefined ? asked.earlier?.did : null;
  if (did == null) return asked;
  const { mapping, nulls, rowsPerSecond, targetConsistency } = did;
  const open = { rowsPerSecond: rowsPerSecond ?? undefined, targetConsistency };
  return { ...open, ...asked, mapping, nulls };
}

function sourceWork({ keyspace, table, statement, filters, allowFiltering, earlier }: AskedCopy): SourceWork {
  if (earlier !== undefined) return { from: 'job', directory: earlier.directory };
  if (statement !== undefined) return { from: 'statement', statement };
  const name = { keyspace: keyspace ?? '', table: table ?? '' };
  return { from: 'table', ...name, filters: filters ?? [], allowFiltering: allowFiltering ?? false };
}

function checkPlaces(clusters: Sides<Cluster>, source: SourceWork, target: { keyspace: string; table: string }): void {
  if (source.from !== 'table' || clusters.source.name !== clusters.target.name) return;
  if (source.keyspace !== target.keyspace || source.table !== target.table) return;
  throw invalidRequest('Source and target are the same table.', 'Name another table, or another cluster.');
}

/** Also of a table that is not there yet: its columns are masked as soon as it is. @throws Failure `forbidden` */
function checkUnmasked(mapping: Mapping, place: RightPlace, rights: PersonRights | null): void {
  const column = mapping.find(({ to }) => rights !== null && columnMask(rights, place, to) !== null)?.to;
  if (column === undefined) return;
  throw new Failure({
    code: 'forbidden',
    message: `${column} of ${place.keyspace}.${place.table} is masked for you, so nothing can be copied into it.`,
    hint: 'Leave the column out of the mapping, or ask whoever runs Ringside for a role without its mask.',
    retryable: false,
  });
}

interface Making {
  readonly asked: AskedCopy;
  readonly source: SourceWork;
  readonly from: CopySource;
  readonly mapping: Mapping;
  readonly found: ChangedTable | null;
}

interface MadeTarget {
  readonly shape: TableShape;
  readonly create: readonly string[];
}

/** The target as it is or will be. @throws Failure `not_found` where it may not be created */
async function madeTarget(
  clusters: Sides<Cluster>,
  { asked, source, from, mapping, found }: Making,
): Promise<MadeTarget> {
  if (found !== null) return { shape: found.shape, create: [] };
  const target = { keyspace: asked.target.keyspace, table: asked.target.table };
  if (!asked.create) {
    throw new Failure({
      code: 'not_found',
      message: `There is no table ${target.keyspace}.${target.table} in ${clusters.target.summary().label}.`,
      hint: 'Let the copy create it from the source’s schema (create), or create it first.',
      retryable: false,
    });
  }
  if (source.from !== 'table' || from.shape === null) {
    throw invalidRequest('Only a table’s schema decides the key of a new table.', 'Create the target first.');
  }
  const shape = from.shape;
  const { properties } = await readTableDetails(clusters.source, source).catch(() => ({ properties: {} }));
  const udts = udtLookup((await readSchema(clusters.target)).keyspaces);
  return orInvalid(() => {
    const made = newTable({ source: shape, target, mapping, properties, udts });
    return { shape: made.shape, create: made.statements };
  });
}

/** Every field into the column of its name, as far as there is one; a mask only where it is a value of the column's type. */
function defaultMapping({ fields, shape }: CopySource, target: TableShape | null): Mapping {
  const known = target ?? shape;
  const isAge = ({ name }: Field) =>
    fields.some((one) => name === ttlField(one.name) || name === writeTimeField(one.name));
  const columns = fields.filter(
    (field) => !isAge(field) && (known === null || known.columns.some((column) => fitsInto(field, column))),
  );
  return columns.map(({ name }) => ({ to: name, from: { field: name }, steps: [] }));
}

function fitsInto({ name, type, isMasked = false }: Field, column: ColumnShape): boolean {
  return column.name === name && (!isMasked || isSameType(column.type, type));
}

/** With the TTL and write time of the column that each value comes from, where they are read. */
function withAges(mapping: Mapping, fields: readonly Field[]): Mapping {
  const has = (name: string) => fields.some((field) => field.name === name);
  return mapping.map((column) => {
    if (!('field' in column.from)) return column;
    const [ttl, timestamp] = [ttlField(column.from.field), writeTimeField(column.from.field)];
    return { ...(has(ttl) ? { ttl } : {}), ...(has(timestamp) ? { timestamp } : {}), ...column };
  });
}

/** @throws Failure `invalid_request` where the values cannot be compared afterwards */
function checkedVerify(
  { verify, filters }: AskedCopy,
  from: CopySource,
  mapper: CopyMapper,
  target: TableShape,
): CopyWork['verify'] {
  if (verify !== 'compare') return verify;
  const { shape } = from;
  if (shape !== null) orInvalid(() => comparable(shape, target, carriedColumns(mapper, target)));
  const problem =
    shape === null || (filters ?? []).length > 0
      ? 'that takes a whole table'
      : [...target.partitionKey, ...target.clusteringKey].every((name) => mapper.carriedBy(name)?.name === name)
        ? null
        : 'the target has another key';
  if (problem === null) return verify;
  throw invalidRequest(`The rows cannot be compared afterwards: ${problem}.`, 'Choose verify: count.');
}

function leftOf(fields: readonly Field[], mapping: Mapping, target: TableShape): CopyPlan['left'] {
  const used = new Set(
    mapping.flatMap(({ from, ttl, timestamp }) => ['field' in from ? from.field : '', ttl, timestamp]),
  );
  const whyUnused = ({ isMasked }: Field) => (isMasked === true ? 'it is masked for you' : 'it is not copied');
  const unused = fields
    .filter(({ name }) => !used.has(name))
    .map((field) => ({ name: field.name, why: whyUnused(field) }));
  const empty = target.columns
    .filter(({ name }) => !mapping.some(({ to }) => to === name))
    .map(({ name }) => ({ name, why: 'nothing is copied into it' }));
  return [...unused.filter(({ name }) => !empty.some((column) => column.name === name)), ...empty];
}

interface Noting {
  readonly work: CopyWork;
  readonly from: CopySource;
  readonly mapping: Mapping;
  readonly target: TableShape;
  /** Columns of the target that are masked. */
  readonly masked: readonly string[];
  readonly isNew: boolean;
}

function notesOf({ work, from, mapping, target, masked, isNew }: Noting): string[] {
  const written = target.columns.filter(({ name }) => mapping.some(({ to }) => to === name));
  const lists = written.filter(({ type }) => type.kind === 'list' && !isFrozen(type)).map(({ name }) => name);
  const [keepsTtl, keepsTime] = [
    mapping.some(({ ttl }) => ttl !== undefined),
    mapping.some(({ timestamp }) => timestamp !== undefined),
  ];
  const notes = [
    'Every row is written at least once, with a write time that is fixed, so writing it again changes nothing. Newer values and deletions in the target stay.',
    work.nulls === 'leave'
      ? 'A null writes nothing: what the target has there stays.'
      : 'A null writes a tombstone, which deletes what the target has there.',
  ];
  if (masked.length > 0)
    notes.push(
      `Masked for you in the target: ${masked.join(', ')}. Nothing is copied into them, and rows keep what they have there.`,
    );
  if (!isNew) notes.push('Rows of the target that the source does not have stay.');
  if (written.some(({ kind }) => kind === 'static')) notes.push('Static values are written once for each partition.');
  if (keepsTime)
    notes.push(
      'Write times are kept for each column; columns of a row with several are written by a statement each. The row marker’s own time and TTL cannot be read: it has those of the columns.',
    );
  if (keepsTtl) notes.push('TTLs are what remains when a row is read, so they end when those of the source do.');
  else if (written.some(({ kind }) => kind === 'regular'))
    notes.push('TTLs are not kept: values have the target’s default TTL.');
  for (const { name, why } of from.ageless) notes.push(`“${name}” keeps neither: ${why}.`);
  if (lists.length > 0)
    notes.push(
      `A list that is not frozen (${lists.join(', ')}) is written a few microseconds later when it is sent again: at the same time its elements would be there twice.`,
    );
  if (from.fields.some(({ type }) => isCounter(type)))
    notes.push('Counters are copied as the numbers that they are now.');
  if (work.source.from === 'table')
    notes.push('The source is read once: rows that change meanwhile are copied as they were or as they are.');
  return [...notes, ...maskNotes(from, mapping)];
}

function maskNotes({ fields }: CopySource, mapping: Mapping): string[] {
  const masked = fields.filter(({ isMasked }) => isMasked === true).map(({ name }) => name);
  const copied = mapping.flatMap(({ to, from }) => ('field' in from && masked.includes(from.field) ? [to] : []));
  if (copied.length === 0) return [];
  return [`Masked for you: ${copied.join(', ')}. The target gets the mask in place of each value: ••• or null.`];
}

async function kept(
  clusters: Sides<Cluster>,
  { work, from, left, notes }: DecidedCopy,
  principal: Principal,
): Promise<CopyPlan> {
  const nowMs = Date.now();
  const confirmName = confirmNameOf(clusters.target, work.target.table);
  return {
    token: copyReviews.keep({ cluster: clusters.source.name, confirmName, work }, principal, nowMs),
    expiresAt: new Date(nowMs + REVIEW_MS).toISOString(),
    confirmName,
    ...{ read: work.read, create: work.create, write: work.write, mapping: work.mapping, left, notes: [...notes] },
    fields: from.fields.map(({ name, type }) => ({ name, type: formatCqlType(type) })),
    estimate: await estimateOf(clusters.source, work.source),
    ...{ consistency: work.consistency, targetConsistency: work.targetConsistency },
  };
}

/** Null where nodes do not tell. */
async function estimateOf(cluster: Cluster, source: SourceWork): Promise<CopyPlan['estimate']> {
  if (source.from !== 'table') return null;
  const sizes = await readSizes(cluster).catch(() => null);
  const keyspace = sizes?.keyspaces.find((one) => one.keyspace === source.keyspace);
  const found = keyspace?.tables.find(({ table }) => table === source.table);
  return found === undefined ? null : { bytes: found.bytes, partitions: found.partitions };
}

/** @throws Failure `invalid_request` with the reason of what cannot be copied so */
export function orInvalid<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CopyError || error instanceof CompareError)) throw error;
    const hinted = error.hint === undefined ? {} : { hint: error.hint };
    throw new Failure(
      { code: 'invalid_request', message: error.message, ...hinted, retryable: false },
      { cause: error },
    );
  }
}
