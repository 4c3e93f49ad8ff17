import { isSignificant, type Token, tokenize } from '@/lib/cql/lexer';
import { nativeSignatures } from '@/lib/cql/signatures';
import type { CompletionKnowledge } from './completion-knowledge';
import { isSign, nameOf, openBrackets, wordOf } from './completion-place';

/** A way to call the function at the cursor. */
export interface CallShape {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly result: string;
  /** What it does; null for functions of the schema, which say nothing of it. */
  readonly about: string | null;
}

export interface SignatureHelp {
  /** Where the function's name starts. */
  readonly from: number;
  /** All that have this name, best first. */
  readonly shapes: readonly CallShape[];
  /** The argument at the cursor, counted from 0. */
  readonly argument: number;
}

/** What a bracket belongs to that is no call. */
const NO_CALL: ReadonlySet<string> = new Set(['INTO', 'TABLE', 'ON', 'TYPE', 'INDEX', 'FUNCTION', 'AGGREGATE', 'VIEW']);

/**
 * The function whose brackets are around the end of `before`, a statement up to the cursor; null where there is none. The
 * innermost function counts: in `max(token(k, |` it is `token`.
 */
export function signatureAt(before: string, { schema, keyspace, release }: CompletionKnowledge): SignatureHelp | null {
  const all = tokenize(before);
  if (all.at(-1)?.kind === 'comment' || all.at(-1)?.reason?.includes('comment')) return null;
  const lead = all.filter(isSignificant);
  const open = openBrackets(lead).findLast((at) => isSign(lead[at], '(') && isCall(lead, at));
  if (open === undefined) return null;
  const name = nameOf(lead[open - 1]) ?? '';
  const home = isSign(lead[open - 2], '.') ? nameOf(lead[open - 3]) : undefined;
  const own = schema.keyspaces
    .find((one) => one.name === (home ?? keyspace))
    ?.functions.filter((one) => one.name === name)
    .map((one): CallShape => ({ name, parameters: one.argumentTypes, result: one.returnType, about: null }));
  const natives = home === undefined || home === 'system' ? nativeSignatures(name, release) : [];
  const shapes = [...(own ?? []), ...natives];
  if (shapes.length === 0) return null;
  return { from: lead[home === undefined ? open - 1 : open - 3]?.start ?? 0, shapes, argument: argumentAt(lead, open) };
}

function isCall(lead: readonly Token[], open: number): boolean {
  const before = lead[open - 1];
  if (nameOf(before) === undefined) return false;
  const earlier = isSign(lead[open - 2], '.') ? lead[open - 4] : lead[open - 2];
  return !NO_CALL.has(wordOf(earlier));
}

function argumentAt(lead: readonly Token[], open: number): number {
  let [depth, count] = [0, 0];
  for (const token of lead.slice(open + 1)) {
    if (isSign(token, '(', '[', '{')) depth++;
    else if (isSign(token, ')', ']', '}')) depth--;
    else if (depth === 0 && isSign(token, ',')) count++;
  }
  return count;
}
