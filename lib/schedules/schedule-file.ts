import 'server-only';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { askerSchema } from '@/lib/contract/asker';
import { ANONYMOUS } from '@/lib/contract/principal';
import { scheduleNameSchema, scheduleRunSchema, scheduleSchema } from '@/lib/contract/schedules';
import { readJson, writeJson } from '@/lib/jobs/atomic-file';
import { OWNER_ONLY_DIRECTORY } from '@/lib/regular-file';

const ENDING = '.json';

/** Principals are named so that they can name a folder. */
const OWNER = /^[A-Za-z0-9][\w-]{0,99}$/;

/**
 * A schedule as its file keeps it: `NAME.json` in the folder of the schedules where nobody signs in, `OWNER/NAME.json` where
 * people do. Fields of a later version stay in it.
 */
const scheduleFileSchema = z.looseObject({
  version: z.literal(1),
  /** Marks its jobs; a later schedule of the same name has another. */
  id: z.string(),
  name: scheduleNameSchema,
  /** The id of the principal that made it. */
  owner: z.string().regex(OWNER),
  /** The same as they signed in when they made or changed it; absent where nobody signs in. */
  asker: z.optional(askerSchema),
  cluster: z.string(),
  kind: z.string(),
  request: z.unknown(),
  /** How things were when its request was reviewed, for its kind. */
  reviewed: z.optional(z.unknown()),
  description: z.object({ title: z.string(), statement: z.string(), consistency: z.string() }),
  pattern: scheduleSchema.shape.pattern,
  timeZone: scheduleSchema.shape.timeZone,
  keep: scheduleSchema.shape.keep,
  webhook: scheduleSchema.shape.webhook,
  isPaused: z.boolean(),
  createdAt: z.string(),
  dueAt: z.string().nullable(),
  lastAt: z.string().nullable(),
  runs: z.array(scheduleRunSchema),
});
export type ScheduleFile = z.output<typeof scheduleFileSchema>;

/** What no two schedules have in common: where the file is, without its ending. Two people may use one name. */
export function scheduleKey({ owner, name }: Pick<ScheduleFile, 'owner' | 'name'>): string {
  return owner === ANONYMOUS.id ? name : `${owner}/${name}`;
}

/**
 * Every schedule in the folder. What cannot be read is left as it is, and said in the server's log.
 * @param mayMove whether this process may move what an earlier version kept by name alone to its owner
 */
export async function readScheduleFiles(folder: string, mayMove: boolean): Promise<ScheduleFile[]> {
  const found = await filesIn(folder);
  const placed = found.filter(({ file, key }) => scheduleKey(file) === key).map(({ file }) => file);
  const keys = new Set(placed.map(scheduleKey));
  for (const { file, key } of found) {
    if (!mayMove || key !== file.name || scheduleKey(file) === key) continue;
    // One that is there already is the newer one: the process ended between writing it and removing this.
    if (!keys.has(scheduleKey(file))) {
      await writeScheduleFile(folder, file);
      placed.push(file);
    }
    await removeScheduleFile(folder, key);
  }
  return placed;
}

interface Found {
  readonly file: ScheduleFile;
  /** Where it is, without its ending. */
  readonly key: string;
}

async function filesIn(folder: string): Promise<Found[]> {
  const found: Found[] = [];
  for (const key of await keysIn(folder)) {
    try {
      const file = await readJson(pathOf(folder, key), scheduleFileSchema);
      if (file !== null) found.push({ file, key });
    } catch (error) {
      console.error(error);
    }
  }
  return found;
}

async function keysIn(folder: string): Promise<string[]> {
  // Before the first schedule there is no folder.
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const owners = entries.filter((entry) => entry.isDirectory() && OWNER.test(entry.name)).map(({ name }) => name);
  const within = await Promise.all(owners.map(async (owner) => [owner, await namesIn(join(folder, owner))] as const));
  return [...(await namesIn(folder)), ...within.flatMap(([owner, names]) => names.map((name) => `${owner}/${name}`))];
}

async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.flatMap((name) => (name.endsWith(ENDING) ? [name.slice(0, -ENDING.length)] : []));
}

export async function writeScheduleFile(folder: string, file: ScheduleFile): Promise<void> {
  const path = pathOf(folder, scheduleKey(file));
  await makeFolder(dirname(path));
  await writeJson(path, file);
}

export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
}

/** @param key of {@link scheduleKey} */
export async function removeScheduleFile(folder: string, key: string): Promise<void> {
  await rm(pathOf(folder, key), { force: true });
}

function pathOf(folder: string, key: string): string {
  return `${join(folder, ...key.split('/'))}${ENDING}`;
}
