import 'server-only';
import {
  type HistoryEntry,
  type HistoryRequest,
  type HistoryResponse,
  historyEntrySchema,
} from '@/lib/contract/history';
import { LineLog } from '@/lib/line-log';

/** Entries in one response. */
export const MOST_ENTRIES = 100;
/** How much of a statement a list shows; the whole is read on its own. */
export const LISTED_CHARACTERS = 2_000;

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

  /** The newest entries that match, newest first; what has ended is in the list of whoever saw it end. */
  async list(cluster: string, request: HistoryRequest): Promise<HistoryResponse> {
    const matches = matcher(request);
    const entries: HistoryResponse['entries'][number][] = [];
    let isBefore = request.before !== undefined;
    for (const entry of await this.#log.newestFirst(cluster)) {
      if (isBefore) {
        isBefore = entry.id !== request.before;
        continue;
      }
      if (!matches(entry)) continue;
      if (entries.length === MOST_ENTRIES) return { entries, hasMore: true };
      const { statement } = entry;
      entries.push({ ...entry, statement: statement.slice(0, LISTED_CHARACTERS), characters: statement.length });
    }
    return { entries, hasMore: false };
  }

  /** Null: it is not kept, or no longer. */
  async find(cluster: string, id: string): Promise<HistoryEntry | null> {
    for (const entry of await this.#log.newestFirst(cluster)) if (entry.id === id) return entry;
    return null;
  }
}

function matcher({
  search = '',
  outcome,
  keyspace,
  writesOnly = false,
}: HistoryRequest): (entry: HistoryEntry) => boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return (entry) => {
    if (outcome !== undefined && entry.outcome !== outcome) return false;
    if (keyspace !== undefined && entry.keyspace !== keyspace) return false;
    if (writesOnly && !entry.isWrite) return false;
    const text = `${entry.statement} ${entry.keyspace ?? ''} ${entry.message ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
}
