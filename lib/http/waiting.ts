import 'server-only';

/** So long a read may wait for others before its stream says so, and so often it looks whether that has changed. */
const WAIT_SHOWN_MS = 250;

/** How many other reads a read waits for; null when it does not wait. */
type WaitsFor = () => number | null;

const TICK = Symbol('tick');

/** What `pending` comes to, or {@link TICK} when that takes long. */
async function orTick<T>(pending: Promise<T>): Promise<T | typeof TICK> {
  let timer: NodeJS.Timeout | undefined;
  const tick = new Promise<typeof TICK>((resolve) => {
    timer = setTimeout(() => resolve(TICK), WAIT_SHOWN_MS);
  });
  try {
    return await Promise.race([pending, tick]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * What is being opened; null as soon as it has to wait for other reads, which is for a stream to say.
 * @throws what it fails with before that
 */
export async function openedAtOnce<T>(opening: Promise<T>, waitsFor: WaitsFor): Promise<{ readonly opened: T } | null> {
  for (;;) {
    const step = await orTick(opening);
    if (step !== TICK) return { opened: step };
    if (waitsFor() === null) continue;
    // Whoever takes the stream learns what becomes of it; without him it is no unhandled rejection.
    opening.catch(() => undefined);
    return null;
  }
}

/** What `pending` comes to; until then a chunk whenever the reads that are waited for have become more or fewer. */
export async function* telling<T>(
  pending: Promise<T>,
  waitsFor: WaitsFor,
  chunkOf: (reads: number) => Uint8Array,
): AsyncGenerator<Uint8Array, T> {
  let told: number | null = null;
  for (;;) {
    const step = await orTick(pending);
    if (step !== TICK) return step;
    const reads = waitsFor();
    if (reads !== null && reads !== told) yield chunkOf(reads);
    told = reads;
  }
}
