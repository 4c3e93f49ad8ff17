import { classifyOnce } from '@/lib/cql/classify-once';
import type { SchemaLookup } from '@/lib/cql/schema-lookup';
import { splitStatements } from '@/lib/cql/splitter';
import { advanced, type Run, type RunSettings, type StatementSpan, type Step } from './run';

/** A run of the statements in `text`, which begins at `offset` of the document. Undefined when it holds none. */
export function planRun(
  id: string,
  documentId: string,
  { text, start }: StatementSpan,
  settings: RunSettings,
  schema?: SchemaLookup,
): Run | undefined {
  const steps = splitStatements(text).map((statement, index): Step => {
    const classification = classifyOnce(statement.text, { keyspace: settings.keyspace ?? undefined, schema });
    const place = { text: statement.text, start: start + statement.start };
    return { id: `${id}/${index}`, ...place, classification, state: { status: 'waiting' } };
  });
  return steps.length === 0 ? undefined : advanced({ id, documentId, settings, steps });
}
