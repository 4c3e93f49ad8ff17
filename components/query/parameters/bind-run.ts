import type { QueryClient } from '@tanstack/react-query';
import { errorText } from '@/lib/client/error-text';
import { ApiFailure } from '@/lib/client/http';
import { prepareQuery } from '@/lib/client/prepare';
import { schemaQuery } from '@/lib/client/queries';
import { udtLookup } from '@/lib/cql/schema-lookup';
import { type BoundValues, hasMarkers, type ParameterValues } from '@/lib/workbench/parameter-values';
import { bindAll, type ParameterProblem, type PreparedText, parametersOf } from '@/lib/workbench/parameters';
import { sentStatements } from '@/lib/workbench/plan-run';
import type { MissedParameter } from './parameter-field';

interface Binding {
  readonly cluster: string;
  readonly text: string;
  readonly keyspace: string | null;
  readonly values: ParameterValues;
}

type BoundRun = { readonly bound: ReadonlyMap<string, BoundValues> } | ParameterProblem;

/** The statements with bind markers as they are sent, each once. */
export function statementsWithMarkers(text: string, keyspace: string | null) {
  const sent = sentStatements(text, keyspace).filter((statement) => hasMarkers(statement.text));
  return [...new Map(sent.map((statement) => [statement.text, statement])).values()];
}

/**
 * The values for the bind markers of all statements of a text, typed as the server says. A statement that cannot be
 * prepared gets none: running it shows the server's reason.
 */
async function bindRun(client: QueryClient, { cluster, text, keyspace, values }: Binding): Promise<BoundRun> {
  const statements = statementsWithMarkers(text, keyspace);
  const prepared = await Promise.all(
    statements.map(async (statement): Promise<PreparedText | string> => {
      const asked = prepareQuery(cluster, statement.text, statement.keyspace);
      try {
        return { text: statement.text, prepared: await client.fetchQuery(asked) };
      } catch (error) {
        if (error instanceof ApiFailure) return statement.text;
        throw error;
      }
    }),
  );
  const { keyspaces } = await client.fetchQuery(schemaQuery(cluster));
  const texts = prepared.filter((found) => typeof found !== 'string');
  const found = bindAll(parametersOf(texts, udtLookup(keyspaces)), values);
  if (!('bound' in found)) return found;
  const refused = prepared.filter((one) => typeof one === 'string');
  return { bound: new Map([...found.bound, ...refused.map((one) => [one, { params: [], unset: [] }] as const)]) };
}

/** Calls `run` with the values, and gives null; or gives what kept it from that. */
export async function missedOf(
  client: QueryClient,
  binding: Binding,
  run: (bound: ReadonlyMap<string, BoundValues>) => void,
): Promise<MissedParameter | null> {
  try {
    const found = await bindRun(client, binding);
    if (!('bound' in found)) return { key: found.key, problem: found.problem };
    run(found.bound);
    return null;
  } catch (error) {
    return { key: '', problem: errorText(error).message };
  }
}
