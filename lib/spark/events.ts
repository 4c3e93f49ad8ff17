import 'server-only';
import { z } from 'zod';
import type { SparkProgress } from '@/lib/contract/spark-progress';

const count = z.number().int();
const rows = count.nullable().default(null);

/** The lines that a script prints; anything else in its output is not ours. */
const eventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('started'), applicationId: z.string(), ui: z.string().nullable() }),
  z.object({ event: z.literal('step'), name: z.string() }),
  z.object({
    event: z.literal('stage'),
    step: z.string(),
    tasks: count,
    done: count,
    failed: count,
  }),
  z.object({ event: z.literal('written'), rows, failed: rows }),
  z.object({
    event: z.literal('ended'),
    isComplete: z.boolean(),
    rowsObserved: rows,
    rowsReadBack: rows,
    rowsFailed: rows,
    bytes: count.default(0),
    keysMissing: rows,
  }),
  z.object({ event: z.literal('failed'), message: z.string() }),
]);
type SparkEvent = z.output<typeof eventSchema>;

/** What an application has said so far. */
export interface Said {
  readonly progress: SparkProgress;
  /** Of the driver; null: none, or not yet. */
  readonly ui: string | null;
  /** Its last line; null: it has not ended, or ended without a word. */
  readonly ended: Extract<SparkEvent, { event: 'ended' }> | null;
  /** What went wrong, by its own account. */
  readonly failure: string | null;
}

export const NOTHING_SAID: Said = {
  progress: {
    ...{ applicationId: null, stage: null, tasks: 0, tasksDone: 0, tasksFailed: 0 },
    ...{ rowsObserved: null, rowsReadBack: null, rowsFailed: null },
  },
  ui: null,
  ended: null,
  failure: null,
};

/** The state after one line of output; a line that is not ours changes nothing. */
export function heard(said: Said, line: string): Said {
  const event = parseEvent(line);
  if (event === null) return said;
  const { progress } = said;
  switch (event.event) {
    case 'started':
      return { ...said, ui: event.ui, progress: { ...progress, applicationId: event.applicationId } };
    case 'step':
      return { ...said, progress: { ...progress, stage: event.name, tasks: 0, tasksDone: 0 } };
    case 'stage': {
      const { step, tasks, done, failed } = event;
      const tasksFailed = Math.max(progress.tasksFailed, failed);
      return { ...said, progress: { ...progress, stage: step, tasks, tasksDone: done, tasksFailed } };
    }
    case 'written':
      return { ...said, progress: { ...progress, rowsObserved: event.rows, rowsFailed: event.failed } };
    case 'ended': {
      const { rowsObserved, rowsReadBack, rowsFailed } = event;
      return { ...said, ended: event, progress: { ...progress, rowsObserved, rowsReadBack, rowsFailed } };
    }
    case 'failed':
      return { ...said, failure: event.message };
    default:
      return event satisfies never;
  }
}

function parseEvent(line: string): SparkEvent | null {
  if (!line.startsWith('{')) return null;
  try {
    return eventSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
