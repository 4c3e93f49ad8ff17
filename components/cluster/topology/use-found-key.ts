import { useQuery } from '@tanstack/react-query';
import { ApiFailure } from '@/lib/client/http';
import { type PlacedKey, replicasQuery } from '@/lib/client/topology-query';
import { fieldErrorsOf } from '@/lib/cluster/field-errors';
import type { KeyTable } from '@/lib/cluster/key-tables';
import type { ApiError } from '@/lib/contract/errors';
import type { JsonValue } from '@/lib/contract/json';
import type { ReplicasResponse } from '@/lib/contract/topology';
import { parseTypedText } from '@/lib/wire/typed-text';

export interface FoundKey {
  /** The answer for the current key. */
  readonly place: ReplicasResponse | undefined;
  readonly isLoading: boolean;
  /** What is wrong, by partition key column. */
  readonly fieldErrors: ReadonlyMap<string, string>;
  /** What is wrong otherwise. */
  readonly error: ApiError | undefined;
  readonly retry: () => void;
  /** What was asked for. */
  readonly asked: PlacedKey;
}

/** Asks the server for the token and replicas of the address's key, once all of its columns are there. */
export function useFoundKey(
  cluster: string,
  keyspace: string | undefined,
  table: KeyTable | undefined,
  texts: readonly string[],
): FoundKey {
  const asked = askedKey(table, texts);
  const place: PlacedKey = { keyspace: keyspace ?? '', table: table?.name ?? '', key: asked.key ?? {} };
  const answer = useQuery({
    ...replicasQuery(cluster, place),
    enabled: keyspace !== undefined && asked.key !== undefined,
  });
  const error = answer.error instanceof ApiFailure ? answer.error.error : undefined;
  const fieldErrors = error === undefined ? asked.errors : fieldErrorsOf(error, Object.keys(place.key));
  return {
    place: answer.data,
    isLoading: answer.isLoading,
    fieldErrors,
    error: fieldErrors.size > 0 ? undefined : (error ?? unexpected(answer.error)),
    retry: () => void answer.refetch(),
    asked: place,
  };
}

/** The key in its JSON form; undefined without a key, or if a text does not fit its column. */
function askedKey(table: KeyTable | undefined, texts: readonly string[]) {
  const errors = new Map<string, string>();
  if (table === undefined || texts.length !== table.partitionKey.length) return { key: undefined, errors };
  const key = new Map<string, JsonValue>();
  for (const [index, { name, type }] of table.partitionKey.entries()) {
    const typed = parseTypedText(texts[index] ?? '', type);
    if ('value' in typed) key.set(name, typed.value);
    else errors.set(name, typed.problem);
  }
  return { key: errors.size === 0 ? Object.fromEntries(key) : undefined, errors };
}

function unexpected(error: Error | null): ApiError | undefined {
  if (error === null) return undefined;
  return { code: 'internal_error', message: 'The key could not be looked up.', detail: error.message, retryable: true };
}
