import 'server-only';

/** How many requests one endpoint answered with one status. */
export interface RequestCount {
  /** As the table of endpoints has it: `GET /api/clusters/{cluster}/schema`, never a path that somebody sent. */
  readonly endpoint: string;
  readonly status: number;
  readonly requests: number;
}

/** The bundler may make several instances of this module: they share the counts. */
const KEY = Symbol.for('ringside.counts');

interface Counts {
  readonly requests: Map<string, RequestCount>;
  streamsOpen: number;
  streamBytes: number;
}

function counts(): Counts {
  const global = globalThis as { [KEY]?: Counts };
  global[KEY] ??= { requests: new Map(), streamsOpen: 0, streamBytes: 0 };
  return global[KEY];
}

/** What has been counted since this process started. */
export function requestCounts(): readonly RequestCount[] {
  return [...counts().requests.values()];
}

/** Counts one answered request. @param endpoint its name in the table of endpoints */
export function countRequest(endpoint: string, status: number): void {
  const { requests } = counts();
  const key = `${status} ${endpoint}`;
  requests.set(key, { endpoint, status, requests: (requests.get(key)?.requests ?? 0) + 1 });
}

/** Streams that are open now, and the bytes that all streams have sent. */
export function streamCounts(): { readonly open: number; readonly bytes: number } {
  const { streamsOpen: open, streamBytes: bytes } = counts();
  return { open, bytes };
}

/** Counts a stream as open until `end` is called; more calls do nothing. */
export function countStream(): { readonly sent: (bytes: number) => void; readonly end: () => void } {
  const all = counts();
  let isOpen = true;
  all.streamsOpen++;
  return {
    sent: (bytes) => {
      all.streamBytes += bytes;
    },
    end: () => {
      if (isOpen) all.streamsOpen--;
      isOpen = false;
    },
  };
}
