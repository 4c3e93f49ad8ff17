import * as z from 'zod/mini';
import type { JsonValue } from '@/lib/contract/json';
import { isSignificant, type Token, tokenize } from '@/lib/cql/lexer';

/** What a person chose for a parameter. `empty`: the text without characters; `value` with such a text is none yet. */
const parameterValueSchema = z.object({ as: z.enum(['value', 'empty', 'null', 'unset']), text: z.string() });
export type ParameterValue = z.infer<typeof parameterValueSchema>;

/** By the key of the parameter: `:code`, or `code` for a `?`. Names are external: read them as own properties only. */
export const parameterValuesSchema = z.record(z.string(), parameterValueSchema);
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/** The values of a statement's bind markers by position, as a request takes them. */
export interface BoundValues {
  readonly params: readonly JsonValue[];
  readonly unset: readonly number[];
}

/** A bind marker in a text. */
export interface TextMarker {
  /** `?`, or `:name` as it is written. */
  readonly text: string;
  /** It stands for the whole list of `IN`. */
  readonly afterIn: boolean;
}

/** The bind markers of a statement in their order: never what only looks like one in a comment, string or map. */
export function markersIn(statement: string): TextMarker[] {
  const tokens = tokenize(statement).filter(isSignificant);
  return tokens.flatMap((token, at) =>
    token.kind === 'bind' ? [{ text: token.text, afterIn: isIn(tokens[at - 1]) }] : [],
  );
}

export function hasMarkers(text: string): boolean {
  return /[?:]/.test(text) && markersIn(text).length > 0;
}

function isIn(token: Token | undefined): boolean {
  return token?.kind === 'word' && token.text.toUpperCase() === 'IN';
}
