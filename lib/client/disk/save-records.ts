import * as z from 'zod/mini';
import { exportRequestSchema } from '@/lib/contract/reads';

/** What is needed to resume a file after a reload. Only IndexedDB can keep a file handle. */
const saveRecordSchema = z.object({
  key: z.string(),
  cluster: z.string(),
  title: z.string(),
  fileName: z.string(),
  startedAt: z.string(),
  /** As it was first sent, without an id. */
  request: exportRequestSchema,
  mark: z.object({ checkpoint: z.nullable(z.string()), bytes: z.int() }),
  /** The server's ids of the exports that wrote into it. */
  exportIds: z.array(z.string()),
  handle: z.custom<FileSystemFileHandle>((value) => value instanceof FileSystemFileHandle),
});
export type SaveRecord = z.infer<typeof saveRecordSchema>;

const DATABASE = 'ringside';
const STORE = 'unfinished-files';

/** The unfinished files of this browser. Records from another version of this page that do not fit are skipped. */
export async function readRecords(): Promise<SaveRecord[]> {
  const stored: unknown[] = await inStore('readonly', (store) => store.getAll());
  return stored.flatMap((value) => saveRecordSchema.safeParse(value).data ?? []);
}

export async function writeRecord(record: SaveRecord): Promise<void> {
  await inStore('readwrite', (store) => store.put(record));
}

export async function removeRecord(key: string): Promise<void> {
  await inStore('readwrite', (store) => store.delete(key));
}

/** Runs one request; resolves when it is on disk. */
async function inStore<T>(mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await openDatabase();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = run(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'key' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
