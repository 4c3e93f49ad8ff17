import 'server-only';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '@/lib/contract/json';
import type { Principal } from '@/lib/contract/principal';
import { CassandraFailure } from '../client/failure';
import { serverSecret } from '../client/secret';
import type { LearnedRows } from './page-sizer';
import type { PageColumn } from './pages';
import { columnFingerprint } from './pages';

/**
 * Cursors: where a read goes on, for the browser to keep. Cassandra's paging state is neither signed nor bound to its
 * statement, and a re-created table accepts an old one and answers with the wrong rows; so what leaves the server is
 * bound by a MAC to all that it belongs to.
 */

/** What a cursor is bound to and does not carry. */
export interface CursorScope {
  /** Who reads: nobody else goes on from there. */
  readonly principal: Principal;
  readonly cluster: string;
  readonly keyspace: string | null;
  readonly statement: string;
  readonly params: readonly (Buffer | null)[] | null;
  /** The server's id of the table read; null where there is none (virtual tables). */
  readonly tableId: string | null;
}

/** Where the read stands behind the cursor's page. */
export interface Position {
  readonly pagingState: Buffer;
  /** Hash of the columns that every page must have. */
  readonly columns: string;
  /** Rows and pages read before this point. */
  readonly rows: number;
  readonly pages: number;
  readonly token: string | null;
  /** For what a node keeps for itself: the node that is being read. */
  readonly node: string | null;
  /** What the read knows of its rows; null: nothing, or nothing of late. */
  readonly learned: LearnedRows | null;
}

/** Rows may be others by the time that a cursor is used: what was learned of them counts for so long. */
const LEARNED_FOR_MS = 600_000;

const PROTOCOL_VERSION = 4;

const payloadSchema = z.object({
  s: z.base64url(),
  c: z.string(),
  r: z.number().int(),
  p: z.number().int(),
  t: z.string().nullable(),
  n: z.string().nullable(),
  /** Rows, bytes of a row, and when that was. Absent in cursors made before it was kept. */
  w: z.tuple([z.number().int().positive(), z.number().positive(), z.number()]).optional(),
});

export function encodeCursor(scope: CursorScope, position: Position): string {
  const payload = Buffer.from(
    JSON.stringify({
      s: position.pagingState.toString('base64url'),
      c: position.columns,
      r: position.rows,
      p: position.pages,
      t: position.token,
      n: position.node,
      ...(position.learned === null ? {} : { w: [position.learned.rows, position.learned.bytesPerRow, Date.now()] }),
    }),
  ).toString('base64url');
  return seal(scope, payload);
}

/**
 * Binds a text to what it was made for: the text, a dot, the MAC.
 * @param payload without a dot
 */
export function seal(scope: CursorScope, payload: string): string {
  return `${payload}.${mac(scope, payload)}`;
}

/**
 * The text of what {@link seal} made for the same.
 * @throws CassandraFailure `cursor_refused` when it was not made by this server for exactly this read
 */
export function unseal(scope: CursorScope, sealed: string): string {
  const [payload = '', signature = '', ...rest] = sealed.split('.');
  // Compared as text: base64 that differs in its last bits or holds other characters may decode to the same bytes.
  const [given, expected] = [Buffer.from(signature), Buffer.from(mac(scope, payload))];
  const genuine = rest.length === 0 && given.length === expected.length && timingSafeEqual(given, expected);
  if (genuine) return payload;
  throw refused('It was not made for this statement, table and cluster, or the table was re-created since.');
}

/** @throws CassandraFailure `cursor_refused` when it was not made by this server for exactly this read */
export function decodeCursor(scope: CursorScope, cursor: string): Position {
  const payload = unseal(scope, cursor);
  const parsed = payloadSchema.safeParse(parseJson(Buffer.from(payload, 'base64url').toString('utf8')));
  if (!parsed.success) throw refused('It is of another version of Ringside.');
  const { s, c, r, p, t, n, w } = parsed.data;
  const [rows, bytesPerRow, learnedAtMs] = w ?? [0, 0, 0];
  const learned = Date.now() - learnedAtMs < LEARNED_FOR_MS ? { rows, bytesPerRow } : null;
  return { pagingState: Buffer.from(s, 'base64url'), columns: c, rows: r, pages: p, token: t, node: n, learned };
}

/** @throws CassandraFailure `cursor_refused` when the columns are not those that the cursor's read had */
export function checkCursorColumns(position: Pick<Position, 'columns'>, columns: readonly PageColumn[]): void {
  if (columnsHash(columns) !== position.columns) throw refused('The table’s columns have changed since.');
}

/** A short stand-in for a result's columns: same hash, same names and types in the same order. */
export function columnsHash(columns: readonly PageColumn[]): string {
  return createHash('sha256').update(columnFingerprint(columns)).digest('base64url').slice(0, 22);
}

/** Why a cursor or checkpoint cannot be used. */
export function refused(reason: string): CassandraFailure {
  return new CassandraFailure({
    code: 'cursor_refused',
    message: `This cursor cannot be used. ${reason}`,
    hint: 'Start again, from the first page or from the token of the last page you have.',
    retryable: false,
  });
}

function mac(scope: CursorScope, payload: string): string {
  const hmac = createHmac('sha256', serverSecret());
  const params = scope.params?.map((value) => value?.toString('base64') ?? null) ?? null;
  const { principal, cluster, keyspace, statement, tableId } = scope;
  // JSON keeps the parts apart: no two different scopes give the same text.
  hmac.update(JSON.stringify([principal.id, PROTOCOL_VERSION, cluster, keyspace, statement, params, tableId, payload]));
  return hmac.digest('base64url');
}
