import { MAX_TOKEN, MIN_TOKEN } from './token-ends';

/** A comparison in a WHERE clause: `token(…) >= 5`. */
export interface TokenBound {
  readonly operator: string;
  readonly token: bigint;
}

/**
 * The tokens that comparisons leave, `from` exclusive and `to` inclusive; none if `from` is not below `to`. The least token,
 * which no partition has, is the start of the ring as a lower bound and no bound at all as an upper one, so that `= least`
 * and `<= least` return every row (`getPartitionKeyBoundsForTokenRestrictions` in Cassandra's `StatementRestrictions`).
 */
export function boundedTokens(bounds: readonly TokenBound[]): { readonly from: bigint; readonly to: bigint } {
  let [from, to] = [MIN_TOKEN, MAX_TOKEN];
  for (const { operator, token } of bounds) {
    if (token === MIN_TOKEN) continue;
    if (operator !== '<' && operator !== '<=') from = operator === '>' ? token : token - 1n;
    if (operator !== '>' && operator !== '>=') to = operator === '<' ? token - 1n : token;
  }
  return { from, to };
}

/** Parses a token's text; null if it is not a 64-bit integer. */
export function parseToken(text: string): bigint | null {
  if (!/^-?\d{1,30}$/.test(text)) return null;
  const token = BigInt(text);
  return BigInt.asIntN(64, token) === token ? token : null;
}
