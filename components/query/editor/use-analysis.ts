import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { laterModule, useLaterModule } from '@/components/ui/later-module';
import { schemaQuery } from '@/lib/client/queries';
import type { Classification } from '@/lib/contract/statements';
import type { SchemaLookup } from '@/lib/cql/schema-lookup';
import type { Runnable } from '@/lib/workbench/runnable';

type EditorCode = typeof import('./editor-code');

/** Starts to load while the shell hydrates. */
const editorCode = laterModule(() => import('./editor-code'));

export interface Analysis {
  /** Undefined until it is loaded: nothing can be written or run before. */
  readonly code: EditorCode | undefined;
  /** Undefined until the schema is here. */
  readonly lookup: SchemaLookup | undefined;
  /** The schema as soon as it is here; undefined when it does not come. */
  readonly arriving: () => Promise<SchemaLookup | undefined>;
  /** Says what a statement is, and with the schema what it does. Undefined until its code is loaded. */
  readonly classify: ((statement: string) => Classification) | undefined;
}

/** What says what the statements of a tab do. */
export function useAnalysis(cluster: string, keyspace: string | null): Analysis {
  const code = useLaterModule(editorCode);
  const client = useQueryClient();
  const { data: schema } = useQuery(schemaQuery(cluster));
  const lookup = useMemo(() => schema && code?.schemaLookup(schema.keyspaces), [code, schema]);
  const arriving = useCallback(() => arrivingLookup(client, cluster, code), [client, cluster, code]);
  return useMemo(() => {
    const context = { keyspace: keyspace ?? undefined, schema: lookup };
    const classify = code && ((statement: string) => code.classifyOnce(statement, context));
    return { code, lookup, arriving, classify };
  }, [code, lookup, arriving, keyspace]);
}

/** How long a run waits for the schema that says what its statements do. */
const ARRIVES_MS = 3_000;

async function arrivingLookup(
  client: QueryClient,
  cluster: string,
  code: EditorCode | undefined,
): Promise<SchemaLookup | undefined> {
  const wait = new Promise<undefined>((resolve) => setTimeout(resolve, ARRIVES_MS));
  const schema = await Promise.race([client.ensureQueryData(schemaQuery(cluster)).catch(() => undefined), wait]);
  return schema && code?.schemaLookup(schema.keyspaces);
}

/** The classification of what would run, where that is one statement. */
export function classificationOf({ classify }: Analysis, { place, count }: Runnable): Classification | null {
  return place === null || count !== 1 ? null : (classify?.(place.text) ?? null);
}
