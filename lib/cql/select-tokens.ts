import type { Filter } from '@/lib/contract/filters';
import { linearShare, type TokenRange } from '@/lib/ring/ranges';
import { boundedTokens, parseToken } from '@/lib/ring/token-bounds';
import { quoteIdentifier } from './identifiers';
import type { TableShape } from './schema-lookup';
import { type Condition, TOKEN_TYPE } from './select-filters';

/** Rows after `from`, exclusive, up to `to`, inclusive; undefined: the start or end of the ring. */
export interface TokenBounds {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

interface BoundedRequest {
  readonly filters: readonly Filter[];
  readonly fromToken?: string | undefined;
  readonly toToken?: string | undefined;
}

/** True for a signed 64-bit integer in decimal digits. */
export function isToken(text: string): boolean {
  return parseToken(text) !== null;
}

/** The innermost of a request's own bounds and those of its filters. */
export function tokenBounds({ filters, fromToken, toToken }: BoundedRequest): TokenBounds {
  const of = (operator: Filter['operator']) =>
    filters.flatMap((filter) => (filter.operator === operator ? [String(filter.value)] : []));
  const lower = [...of('TOKEN >'), ...(fromToken === undefined ? [] : [fromToken])];
  const upper = [...of('TOKEN <='), ...(toToken === undefined ? [] : [toToken])];
  return { from: innermost(lower, (one, other) => one > other), to: innermost(upper, (one, other) => one < other) };
}

/** An invalid token wins, so that it gets reported. */
function innermost(tokens: readonly string[], isInner: (one: bigint, other: bigint) => boolean): string | undefined {
  const wrong = tokens.find((token) => !isToken(token));
  if (wrong !== undefined) return wrong;
  return tokens.reduce<string | undefined>(
    (best, token) => (best === undefined || isInner(BigInt(token), BigInt(best)) ? token : best),
    undefined,
  );
}

export function tokenConditions({ partitionKey }: TableShape, { from, to }: TokenBounds): Condition[] {
  const key = `token(${partitionKey.map(quoteIdentifier).join(', ')})`;
  const bound = (operator: string, value: string): Condition => {
    return { parts: [`${key} ${operator} `, ''], params: [{ column: null, value, type: TOKEN_TYPE }] };
  };
  return [...(from === undefined ? [] : [bound('>', from)]), ...(to === undefined ? [] : [bound('<=', to)])];
}

/** What the bounds leave, as the server reads them; null if one of them is not a token. */
export function tokensWithin({ from, to }: TokenBounds): TokenRange | null {
  const [lower, upper] = [from, to].map((text) => (text === undefined ? undefined : parseToken(text)));
  if (lower === null || upper === null) return null;
  return boundedTokens([
    ...(lower === undefined ? [] : [{ operator: '>', token: lower }]),
    ...(upper === undefined ? [] : [{ operator: '<=', token: upper }]),
  ]);
}

/** The share of the ring between the bounds; null if one of them is not a token. */
export function tokenShare(bounds: TokenBounds): number | null {
  const within = tokensWithin(bounds);
  return within === null ? null : linearShare(within.from, within.to);
}
