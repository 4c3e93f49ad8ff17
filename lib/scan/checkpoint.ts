import 'server-only';
import { z } from 'zod';
import type { Truncations } from '@/lib/cassandra/nodes/truncations';
import { type CursorScope, refused, seal, unseal } from '@/lib/cassandra/read/cursors';
import { parseJson } from '@/lib/contract/json';
import type { TokenRange } from '@/lib/ring/ranges';
import type { ScanWork } from './plan/work';

/** How far a scan has got in all its pieces, for the caller to keep: MAC-bound like a cursor, but not one. */
export interface ScanPosition {
  readonly isRanged: boolean;
  /** Hash of the columns that every page must have. */
  readonly columns: string;
  readonly rows: number;
  readonly pages: number;
  readonly frameBytes: number;
  /** For node-local tables: the node that is being read. */
  readonly node: string | null;
  /** As recorded before the first row was read. */
  readonly truncations: Truncations;
  readonly pieces: readonly (TokenRange & { readonly left: readonly ScanWork[] })[];
}

const VERSION = 1;
const token = z.string().regex(/^-?\d{1,19}$/);
const bytes = z.base64url().transform((text) => Buffer.from(text, 'base64url'));
/** From, to, paging state, token reached. */
const work = z.tuple([token, token, z.nullable(bytes), z.nullable(token)]);
/** From, to, and what is left: 1 all of it, 0 nothing. */
const piece = z.tuple([token, token, z.union([z.literal(0), z.literal(1), z.array(work)])]);
const schema = z.object({
  scan: z.literal(VERSION),
  ranged: z.boolean(),
  c: z.string(),
  r: z.number().int(),
  p: z.number().int(),
  b: z.number(),
  n: z.nullable(z.string()),
  /** Absent in checkpoints written before truncations were watched. */
  t: z.optional(z.record(z.string(), z.string())),
  pieces: z.array(piece).min(1),
});

export function encodeCheckpoint(scope: CursorScope, position: ScanPosition): string {
  const payload: z.input<typeof schema> = {
    scan: VERSION,
    ranged: position.isRanged,
    c: position.columns,
    r: position.rows,
    p: position.pages,
    b: position.frameBytes,
    n: position.node,
    t: position.truncations,
    pieces: position.pieces.map(({ from, to, left }) => [String(from), String(to), leftOf({ from, to }, left)]),
  };
  return seal(scope, Buffer.from(JSON.stringify(payload)).toString('base64url'));
}

function leftOf({ from, to }: TokenRange, left: readonly ScanWork[]): z.input<typeof piece>[2] {
  const [first] = left;
  if (first === undefined) return 0;
  if (left.length === 1 && first.pagingState === null && first.from === from && first.to === to) return 1;
  return left.map((part) => [
    String(part.from),
    String(part.to),
    part.pagingState === null ? null : Buffer.from(part.pagingState).toString('base64url'),
    part.reached === null ? null : String(part.reached),
  ]);
}

/** @throws Failure `cursor_refused` when it was not made by this server for exactly this scan */
export function decodeCheckpoint(scope: CursorScope, checkpoint: string): ScanPosition {
  const payload = Buffer.from(unseal(scope, checkpoint), 'base64url').toString('utf8');
  const parsed = schema.safeParse(parseJson(payload));
  if (!parsed.success) throw refused('This is not a checkpoint of a scan, or it is from another version of Ringside.');
  const { ranged, c, r, p, b, n, t, pieces } = parsed.data;
  return {
    isRanged: ranged,
    columns: c,
    rows: r,
    pages: p,
    frameBytes: b,
    node: n,
    truncations: t ?? {},
    pieces: pieces.map(([from, to, left]) => {
      const range = { from: BigInt(from), to: BigInt(to) };
      return { ...range, left: left === 0 ? [] : left === 1 ? [begin(range)] : left.map(toWork) };
    }),
  };
}

/** All of a piece. */
export function begin({ from, to }: TokenRange): ScanWork {
  return { from, to, pagingState: null, reached: null };
}

function toWork([from, to, pagingState, reached]: z.output<typeof work>): ScanWork {
  return { from: BigInt(from), to: BigInt(to), pagingState, reached: reached === null ? null : BigInt(reached) };
}
