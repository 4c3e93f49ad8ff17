import 'server-only';
import {
  type HistoryEntry,
  type HistoryRequest,
  type HistoryResponse,
  historyEntrySchema,
  type LastRun,
  type LastRunsRequest,
  type LastRunsResponse,
} from '@/lib/contract/history';
import { runEndOf } from '@/lib/contract/run-ends';
import { withoutPasswords } from '@/lib/cql/redact';
import { LineLog } from '@/lib/line-log';

/** Entries in one response. */
export const MOST_ENTRIES = 100;
/** How much of a statement a list shows; the whole is read on its own. */
export const LISTED_CHARACTERS = 2_000;
/** Runs of one statement in one response. */
export const MOST_RUNS = 20;

type Shown = (entry: HistoryEntry) => boolean;
const everything: Shown = () => true;

/** What was run on each cluster. */
export class HistoryLog {
  readonly #log: LineLog<HistoryEntry>;

  constructor(directory: string, fileBytes?: number) {
    this.#log = new LineLog(directory, historyEntrySchema, 'History', fileBytes);
  }

  /** Adds a run. @returns when it is written, for tests */
  append(cluster: string, entry: HistoryEntry): Promise<void> {
    return this.#log.append(cluster, entry);
  }

  /**
   * The newest entries that match, newest first; what has ended is in the list of whoever saw it end.
   * @param isShown whether somebody may see an entry
   */
  async list(cluster: string, request: HistoryRequest, isShown: Shown = everything): Promise<HistoryResponse> {
    const matches = matcher(request);
    const entries: HistoryResponse['entries'][number][] = [];
    let isBefore = request.before !== undefined;
    for (const entry of await this.#log.newestFirst(cluster)) {
      if (isBefore) {
        isBefore = entry.id !== request.before;
        continue;
      }
      if (!matches(entry) || !isShown(entry)) continue;
      if (entries.length === MOST_ENTRIES) return { entries, hasMore: true };
      const { statement } = entry;
      entries.push({ ...entry, statement: statement.slice(0, LISTED_CHARACTERS), characters: statement.length });
    }
    return { entries, hasMore: false };
  }

  /** The newest runs of exactly this statement in this keyspace, newest first. */
  async lastRuns(
    cluster: string,
    { statement, keyspace }: LastRunsRequest,
    isShown: Shown = everything,
  ): Promise<LastRunsResponse> {
    const wanted = withoutPasswords(statement).text.trim();
    const runs: LastRun[] = [];
    // Most lines are of other statements: they need not be parsed.
    for (const entry of await this.#log.newestFirst(cluster, JSON.stringify(wanted).slice(1, -1))) {
      // A list of rows took the time of them all, and a job that of a whole table.
      if (entry.list !== undefined || entry.schedule !== undefined) continue;
      if (entry.keyspace !== keyspace || entry.statement.trim() !== wanted || !isShown(entry)) continue;
      const { id, at, outcome, rows, elapsedMs, applied } = entry;
      runs.push({ id, at, outcome, rows, elapsedMs, ...(applied === undefined ? {} : { applied }) });
      if (runs.length === MOST_RUNS) break;
    }
    return { runs };
  }

  /** Entries whose lines have a text, newest first. */
  holding(cluster: string, text: string): Promise<Iterable<HistoryEntry>> {
    return this.#log.newestFirst(cluster, text);
  }

  /** Null: it is not kept, or no longer. */
  async find(cluster: string, id: string): Promise<HistoryEntry | null> {
    for (const entry of await this.#log.newestFirst(cluster)) if (entry.id === id) return entry;
    return null;
  }
}

function matcher(request: HistoryRequest): (entry: HistoryEntry) => boolean {
  const { search = '', outcome, keyspace, writesOnly = false, cost, since } = request;
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return (entry) => {
    if (outcome !== undefined && runEndOf(entry) !== outcome) return false;
    if (cost !== undefined && entry.cost !== cost) return false;
    if (since !== undefined && Date.parse(entry.at) < Date.parse(since)) return false;
    if (keyspace !== undefined && entry.keyspace !== keyspace) return false;
    if (writesOnly && !entry.isWrite) return false;
    const { statement, keyspace: used, message, who, schedule } = entry;
    const text = [statement, used, message, who, schedule].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
}
