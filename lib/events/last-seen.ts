import 'server-only';
import { mkdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { SchemaItems } from '@/lib/cassandra/schema/schema-items';
import type { SeenNode } from '@/lib/cluster/ring-changes';
import { packSettings, type SeenSettings, unpackSettings } from '@/lib/cluster/settings-changes';
import { readJson, writeText } from '@/lib/jobs/atomic-file';
import { OWNER_ONLY_DIRECTORY } from '@/lib/regular-file';

const seenNodeSchema = z.object({
  id: z.string(),
  address: z.string(),
  datacenter: z.string(),
  rack: z.string(),
  release: z.string().nullable(),
  tokenCount: z.int(),
  tokensMark: z.string(),
  generation: z.number().nullable(),
});

const seenSchema = z.object({
  nodes: z.array(seenNodeSchema),
  version: z.string(),
  schema: z.object({
    items: z.array(
      z.object({ what: z.string(), path: z.array(z.string()), fields: z.array(z.tuple([z.string(), z.string()])) }),
    ),
    unread: z.array(z.string()),
  }),
});
const entrySchema = z.tuple([z.string(), z.string().nullable()]);
const settingsSchema = z.object({
  common: z.array(entrySchema),
  nodes: z.array(z.object({ node: z.string(), own: z.array(entrySchema) })),
});

/** A cluster as it was last seen. */
export interface Seen {
  readonly nodes: readonly SeenNode[];
  /** The version of its schema. */
  readonly version: string;
  readonly schema: SchemaItems;
}

/** Keeps how each cluster was last seen, so that what happens while Ringside does not run is noticed afterwards. */
export class LastSeen {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** How it was last seen, and when. Null: never, or the file is damaged: a view is made from scratch. */
  async read(cluster: string): Promise<{ readonly seen: Seen; readonly at: Date } | null> {
    const path = this.#path(cluster);
    const seen = await readJson(path, seenSchema).catch(() => null);
    return seen === null ? null : { seen, at: (await stat(path)).mtime };
  }

  async write(cluster: string, seen: Seen): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
    await writeText(this.#path(cluster), `${JSON.stringify(seen)}\n`);
  }

  /** It was seen again at `at`, and was the same. */
  async same(cluster: string, at: Date): Promise<void> {
    await utimes(this.#path(cluster), at, at);
  }

  /** The settings that its nodes last had, and when they were last seen; null as in {@link read}. */
  async readSettings(cluster: string): Promise<{ readonly settings: SeenSettings; readonly at: Date } | null> {
    const path = this.#path(cluster, 'settings');
    const packed = await readJson(path, settingsSchema).catch(() => null);
    return packed === null ? null : { settings: unpackSettings(packed), at: (await stat(path)).mtime };
  }

  async writeSettings(cluster: string, settings: SeenSettings): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
    await writeText(this.#path(cluster, 'settings'), `${JSON.stringify(packSettings(settings))}\n`);
  }

  #path(cluster: string, what = 'seen'): string {
    return join(this.#directory, `${cluster}.${what}.json`);
  }
}
