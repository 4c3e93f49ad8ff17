import type { Keyspace, Table } from '@/lib/contract/schema';
import type { Written } from './completion-place';

/** The names of a cluster, as far as completion needs them. */
export interface SchemaNames {
  readonly keyspaces: readonly Keyspace[];
}

/** What completion knows at the moment; the schema may arrive or change after the editor has loaded. */
export interface CompletionKnowledge {
  readonly schema: SchemaNames;
  /** The one in use. */
  readonly keyspace: string | undefined;
  /** The cluster's release: what it does not support is not offered. Null while it is unknown. */
  readonly release: string | null;
}

/** Where something is being written, with what is known there. */
export interface Context extends Written, CompletionKnowledge {
  readonly verb: string;
  readonly chosen: Keyspace | undefined;
  readonly home: { readonly keyspace: Keyspace; readonly table: Table } | undefined;
}
