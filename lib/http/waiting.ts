import 'server-only';

/** How long a read waits for others before its stream says so, and how often it checks for changes. */
const WAIT_SHOWN_MS = 250;

/** How many other reads a read waits for; null if it does not wait. */
type WaitsFor = () => number | null;

const TICK = Symbol('tick');

/** The result of `pending`, or {@link TICK} if that takes long. */
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
 * The result of opening; null as soon as it has to wait for other reads, which the stream then reports.
 * @throws what it fails with before that
 */
export async function openedAtOnce<T>(opening: Promise<T>, waitsFor: WaitsFor): Promise<{ readonly opened: T } | null> {
  for (;;) {
    const step = await orTick(opening);
    if (step !== TICK) return { opened: step };
    if (waitsFor() === null) continue;
    // The stream reports how it ends; if nobody takes the stream, a failure must not be an unhandled rejection.
    opening.catch(() => undefined);
    return null;
  }
}

/** The result of `pending`; until then a chunk whenever the number of reads ahead of it changes. */
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
