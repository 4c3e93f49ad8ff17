import 'server-only';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { askerSchema } from '@/lib/contract/asker';
import { scheduleNameSchema, scheduleRunSchema, scheduleSchema } from '@/lib/contract/schedules';
import { readJson, writeJson } from '@/lib/jobs/atomic-file';
import { OWNER_ONLY_DIRECTORY } from '@/lib/regular-file';

const ENDING = '.json';

/** A schedule as its file keeps it: `NAME.json` in the folder of the schedules. Fields of a later version stay in it. */
const scheduleFileSchema = z.looseObject({
  version: z.literal(1),
  /** Marks its jobs; a later schedule of the same name has another. */
  id: z.string(),
  name: scheduleNameSchema,
  /** The id of the principal that made it. */
  owner: z.string(),
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

/** Every schedule in the folder. What cannot be read is left as it is, and said in the server's log. */
export async function readScheduleFiles(folder: string): Promise<ScheduleFile[]> {
  // Before the first schedule there is no folder.
  const entries = await readdir(folder).catch(() => []);
  const files: ScheduleFile[] = [];
  for (const entry of entries.filter((name) => name.endsWith(ENDING))) {
    try {
      const file = await readJson(join(folder, entry), scheduleFileSchema);
      if (file !== null && `${file.name}${ENDING}` === entry) files.push(file);
    } catch (error) {
      console.error(error);
    }
  }
  return files;
}

export async function writeScheduleFile(folder: string, file: ScheduleFile): Promise<void> {
  await makeFolder(folder);
  await writeJson(join(folder, `${file.name}${ENDING}`), file);
}

export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
}

export async function removeScheduleFile(folder: string, name: string): Promise<void> {
  await rm(join(folder, `${name}${ENDING}`), { force: true });
}
