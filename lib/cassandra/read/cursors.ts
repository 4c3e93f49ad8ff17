import 'server-only';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '@/lib/contract/json';
import type { Principal } from '@/lib/contract/principal';
import { Failure } from '../../failure';
import { serverSecret } from '../client/secret';
import type { LearnedRows } from './page-sizer';
import type { PageColumn } from './pages';
import { columnFingerprint } from './pages';

/**
 * Cursors: where a read resumes, for the browser to keep. Cassandra's paging state is neither signed nor bound to its
 * statement, and a recreated table accepts an old one and returns the wrong rows; so whatever leaves the server is bound
 * to its read by a MAC.
 */

/** What a cursor is bound to, but does not contain. */
export interface CursorScope {
  /** The reader's id: nobody else can resume from the cursor. */
  readonly principal: Principal;
  readonly cluster: string;
  readonly keyspace: string | null;
  readonly statement: string;
  readonly params: readonly (Buffer | null)[] | null;
  /** The server's id for the table; null if it has none, as virtual tables. */
  readonly tableId: string | null;
}

/** How far the read has got after the cursor's page. */
export interface CursorPosition {
  readonly pagingState: Buffer;
  /** Hash of the columns that every page must have. */
  readonly columns: string;
  /** Rows and pages read before this point. */
  readonly rows: number;
  readonly pages: number;
  readonly token: string | null;
  /** For node-local tables: the node that is being read. */
  readonly node: string | null;
  /** What the read has learned about its rows; null if nothing, or nothing recent. */
  readonly learned: LearnedRows | null;
}

/** Rows may have changed by the time a cursor is used, so what was learned about them expires after this long. */
const LEARNED_FOR_MS = 600_000;

const PROTOCOL_VERSION = 4;

const payloadSchema = z.object({
  s: z.base64url(),
  c: z.string(),
  r: z.number().int(),
  p: z.number().int(),
  t: z.string().nullable(),
  n: z.string().nullable(),
  /** Rows per page, bytes per row, and when they were learned. Absent in old cursors. */
  w: z.tuple([z.number().int().positive(), z.number().positive(), z.number()]).optional(),
});

export function encodeCursor(scope: CursorScope, position: CursorPosition): string {
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
 * Binds a text to its scope: the text, a dot, the MAC.
 * @param payload must not contain a dot
 */
export function seal(scope: CursorScope, payload: string): string {
  return `${payload}.${mac(scope, payload)}`;
}

/**
 * The text in what {@link seal} returned for the same scope.
 * @throws Failure `cursor_refused` when it was not made by this server for exactly this read
 */
export function unseal(scope: CursorScope, sealed: string): string {
  const [payload = '', signature = '', ...rest] = sealed.split('.');
  // Compared as text: different base64 texts (unused last bits, ignored characters) can decode to the same bytes.
  const [given, expected] = [Buffer.from(signature), Buffer.from(mac(scope, payload))];
  const genuine = rest.length === 0 && given.length === expected.length && timingSafeEqual(given, expected);
  if (genuine) return payload;
  throw refused('It belongs to another statement, table or cluster, or the table has been recreated since.');
}

/** @throws Failure `cursor_refused` when it was not made by this server for exactly this read */
export function decodeCursor(scope: CursorScope, cursor: string): CursorPosition {
  const payload = unseal(scope, cursor);
  const parsed = payloadSchema.safeParse(parseJson(Buffer.from(payload, 'base64url').toString('utf8')));
  if (!parsed.success) throw refused('It is from another version of Ringside.');
  const { s, c, r, p, t, n, w } = parsed.data;
  const [rows, bytesPerRow, learnedAtMs] = w ?? [0, 0, 0];
  const learned = Date.now() - learnedAtMs < LEARNED_FOR_MS ? { rows, bytesPerRow } : null;
  return { pagingState: Buffer.from(s, 'base64url'), columns: c, rows: r, pages: p, token: t, node: n, learned };
}

/** @throws Failure `cursor_refused` when the columns differ from those of the cursor's read */
export function checkCursorColumns(position: Pick<CursorPosition, 'columns'>, columns: readonly PageColumn[]): void {
  if (columnsHash(columns) !== position.columns) throw refused('The table’s columns have changed since it was made.');
}

/** A hash of a result's columns: equal if names, types and order are. */
export function columnsHash(columns: readonly PageColumn[]): string {
  return createHash('sha256').update(columnFingerprint(columns)).digest('base64url').slice(0, 22);
}

/** Why a cursor or checkpoint cannot be used. */
export function refused(reason: string): Failure {
  return new Failure({
    code: 'cursor_refused',
    message: `This cursor cannot be used. ${reason}`,
    hint: 'Start again from the first page, or from the token of the last page you have.',
    retryable: false,
  });
}

function mac(scope: CursorScope, payload: string): string {
  const hmac = createHmac('sha256', serverSecret());
  const params = scope.params?.map((value) => value?.toString('base64') ?? null) ?? null;
  const { principal, cluster, keyspace, statement, tableId } = scope;
  // JSON, because joined text could be the same for different scopes.
  hmac.update(JSON.stringify([principal.id, PROTOCOL_VERSION, cluster, keyspace, statement, params, tableId, payload]));
  return hmac.digest('base64url');
}
