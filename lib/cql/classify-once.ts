import type { Classification } from '@/lib/contract/statements';
import { type ClassifyContext, classify } from './classifier';
import type { SchemaLookup } from './schema-lookup';

type Kept = Map<string, Classification>;

/** The line under the editor, the run bar and the plan of a run ask for the same few statements. */
const MOST_KEPT = 32;

/** A lookup is one version of a schema: another schema has another lookup, and this one's statements go with it. */
const keptBySchema = new WeakMap<SchemaLookup, Kept>();
const keptWithoutSchema: Kept = new Map();

/** {@link classify}, worked out once for a text, its keyspace and a version of the schema. */
export function classifyOnce(statement: string, context: ClassifyContext = {}): Classification {
  const kept = keptFor(context.schema);
  const key = `${JSON.stringify(context.keyspace ?? null)} ${statement}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const found = classify(statement, context);
  kept.set(key, found);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  return found;
}

function keptFor(schema: SchemaLookup | undefined): Kept {
  if (schema === undefined) return keptWithoutSchema;
  const kept = keptBySchema.get(schema) ?? new Map();
  keptBySchema.set(schema, kept);
  return kept;
}
