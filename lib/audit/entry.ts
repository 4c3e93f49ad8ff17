import 'server-only';
import { randomUUID } from 'node:crypto';
import type { AuditEntry, AuditOutcome } from '@/lib/contract/audit';
import type { Endpoint } from '@/lib/contract/endpoint';
import type { ErrorCode } from '@/lib/contract/errors';
import { classifyOnce } from '@/lib/cql/classify-once';
import { keptInput, keptStatement, type Redaction } from './kept-input';

/** A request, before it is answered. */
export interface AuditedRequest {
  readonly endpoint: Pick<Endpoint, 'method' | 'path' | 'records' | 'right'>;
  readonly person: Pick<AuditEntry, 'person' | 'personId' | 'way' | 'token'>;
  readonly address?: string | undefined;
  readonly requestId?: string | undefined;
  /** The names in the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly input: unknown;
}

/** What only its handler knows. */
export interface AuditNotes {
  /** Instead of the one in the input. */
  readonly statement?: string;
  /** A statement that Ringside has built, with values of the request in it. */
  readonly built?: string;
  readonly tables?: readonly string[];
  readonly consistency?: string;
  readonly coordinators?: readonly string[];
  readonly rows?: number;
  readonly bytes?: number;
  readonly applied?: string;
  /** Why it ended early, although its response had begun. */
  readonly error?: ErrorCode;
  readonly pass?: AuditEntry['pass'];
  readonly approval?: AuditEntry['approval'];
  readonly ofToken?: AuditEntry['ofToken'];
  readonly person?: AuditedRequest['person'];
  readonly attempted?: string;
}

const MOST_COORDINATORS = 20;
const MOST_TABLES = 50;

/** Of a script, those that are looked at for the names of tables. */
const MOST_STATEMENTS = 100;

const REFUSALS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'forbidden_origin',
  'signed_out',
  'sign_in_refused',
  'too_many_attempts',
  'read_only',
  'confirmation_required',
  'approval_required',
  'unauthorized',
  'audit_unavailable',
  'limit_reached',
  'too_many_reads',
]);

/** What an error means for whoever asks what was done. */
export function outcomeOfError(code: ErrorCode): AuditOutcome {
  // The rights of a person refuse with a code of their own.
  if (REFUSALS.has(code) || code.startsWith('forbidden')) return 'refused';
  return code === 'server_stopping' ? 'stopped' : 'failed';
}

/** They start or resume what may write. */
const RUNS = new Set([
  'POST /api/jobs/{id}',
  'POST /api/schedules/{name}',
  'POST /api/clusters/{cluster}/approvals/{id}',
]);
/** Those of a statement are judged by the statement. */
const WRITING = /^((write|ddl|admin) |export (spark|repeated)$)/;

/** May it change a cluster or the configuration, as far as can be said before it runs? */
export function mayWrite({ endpoint, input }: Pick<AuditedRequest, 'endpoint' | 'input'>): boolean {
  const { method, path, records } = endpoint;
  if (method === 'GET' || records === 'nothing') return false;
  const rights = [endpoint.right].flat();
  if (RUNS.has(`${method} ${path}`) || rights.some((right) => WRITING.test(right))) return true;
  if (!rights.includes('read statement')) return false;
  const { statement, keyspace } = fieldsOf(input);
  return (
    typeof statement !== 'string' || classifyOnce(statement, typeof keyspace === 'string' ? { keyspace } : {}).isWrite
  );
}

/** The line of a request, but for how it ended. */
export function requestEntry(
  { endpoint, person, address, requestId, params, input }: AuditedRequest,
  notes: AuditNotes,
  redaction: Redaction,
): Omit<AuditEntry, 'id' | 'time' | 'event' | 'outcome'> {
  const { cluster, ...names } = params;
  const kept = endpoint.records === 'input' ? keptInput(input, redaction) : undefined;
  const named = [
    ...tablesOf(params, input),
    ...tablesOfStatement(notes.statement ?? notes.built, fieldsOf(input).keyspace),
  ];
  const tables = [...new Set([...named, ...(notes.tables ?? [])])].slice(0, MOST_TABLES);
  const { consistency, coordinators, rows, bytes, applied, attempted, pass, approval, ofToken } = notes;
  return {
    ...person,
    ...notes.person,
    ...optional({ attempted, address, requestId, cluster, endpoint: `${endpoint.method} ${endpoint.path}` }),
    ...(Object.keys(names).length === 0 ? {} : { names }),
    ...(tables.length === 0 ? {} : { tables }),
    ...statementFields(input, notes, redaction),
    ...optional({ input: kept, consistency, rows, bytes, applied, pass, approval, ofToken }),
    ...(coordinators === undefined ? {} : { coordinators: [...new Set(coordinators)].slice(0, MOST_COORDINATORS) }),
  };
}

/** A line that begins now. */
export function newEntry<Fields extends object>(fields: Fields): Fields & Pick<AuditEntry, 'id' | 'time'> {
  return { id: randomUUID(), time: new Date().toISOString(), ...fields };
}

/** The statement of a line, as it may be kept. */
function statementFields(
  input: unknown,
  { statement, built }: Pick<AuditNotes, 'statement' | 'built'>,
  redaction: Redaction,
): Pick<AuditEntry, 'statement' | 'statementCharacters'> {
  const given = statement ?? statementIn(input);
  const text = given ?? built;
  if (text === undefined) return {};
  // The values in a built statement were parameters.
  const isHidden = given === undefined && redaction.parameters === 'redact';
  const kept = keptStatement(text, isHidden ? { ...redaction, literals: 'redact' } : redaction);
  return { statement: kept.text, ...(kept.characters === undefined ? {} : { statementCharacters: kept.characters }) };
}

function statementIn(input: unknown): string | undefined {
  const { statement, statements } = fieldsOf(input);
  if (typeof statement === 'string') return statement;
  if (!Array.isArray(statements)) return undefined;
  const texts = statements.flatMap((one: unknown) => fieldsOf(one).statement ?? []);
  return texts.map((text) => `${text};`).join('\n');
}

function tablesOf(params: AuditedRequest['params'], input: unknown): string[] {
  const fields = fieldsOf(input);
  const { statements } = fields;
  const list: unknown[] = Array.isArray(statements) ? statements.slice(0, MOST_STATEMENTS) : [];
  return [params, fields, fieldsOf(fields.target), ...list.map(fieldsOf)].flatMap((one) => [
    ...nameOf(one.keyspace, one.table),
    ...tablesOfStatement(one.statement, one.keyspace),
  ]);
}

/** The table, or other thing, that a statement is about. */
function tablesOfStatement(statement: unknown, keyspace: unknown): string[] {
  if (typeof statement !== 'string') return [];
  const within = typeof keyspace === 'string' ? keyspace : null;
  const { target, table } = classifyOnce(statement, within === null ? {} : { keyspace: within });
  return [target, table].flatMap((one) => (one === null ? [] : nameOf(one.keyspace ?? within ?? '', one.name)));
}

function nameOf(keyspace: unknown, table: unknown): string[] {
  if (typeof table !== 'string' || typeof keyspace !== 'string') return [];
  return [keyspace === '' ? table : `${keyspace}.${table}`];
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** The same without the fields that are undefined. */
function optional<T extends object>(fields: T): { [key in keyof T]?: Exclude<T[key], undefined> } {
  const there = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as { [key in keyof T]?: Exclude<T[key], undefined> };
}
