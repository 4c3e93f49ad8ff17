import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
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
  /** Says what a statement is, and with the schema what it does. Undefined until its code is loaded. */
  readonly classify: ((statement: string) => Classification) | undefined;
}

/** What says what the statements of a tab do. */
export function useAnalysis(cluster: string, keyspace: string | null): Analysis {
  const code = useLaterModule(editorCode);
  const { data: schema } = useQuery(schemaQuery(cluster));
  const lookup = useMemo(() => schema && code?.schemaLookup(schema.keyspaces), [code, schema]);
  return useMemo(() => {
    const context = { keyspace: keyspace ?? undefined, schema: lookup };
    const classify = code && ((statement: string) => code.classifyOnce(statement, context));
    return { code, lookup, classify };
  }, [code, lookup, keyspace]);
}

/** The classification of what would run, where that is one statement. */
export function classificationOf({ classify }: Analysis, { place, count }: Runnable): Classification | null {
  return place === null || count !== 1 ? null : (classify?.(place.text) ?? null);
}
