import 'server-only';

/** How long a run waits before its stream says so, and how often it checks for changes. */
const WAIT_SHOWN_MS = 250;

/** What is waited for; null if nothing is. A new value means that it changed. */
type WaitsFor<Waited> = () => Waited | null;

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
 * The result of opening; null as soon as it has to wait, which the stream then reports.
 * @throws what it fails with before that
 */
export async function openedAtOnce<T>(
  opening: Promise<T>,
  waitsFor: WaitsFor<unknown>,
): Promise<{ readonly opened: T } | null> {
  for (;;) {
    const step = await orTick(opening);
    if (step !== TICK) return { opened: step };
    if (waitsFor() === null) continue;
    // The stream reports how it ends; if nobody takes the stream, a failure must not be an unhandled rejection.
    opening.catch(() => undefined);
    return null;
  }
}

/** The result of `pending`; until then a chunk whenever what it waits for changes. */
export async function* telling<T, Waited>(
  pending: Promise<T>,
  waitsFor: WaitsFor<Waited>,
  chunkOf: (waited: Waited) => Uint8Array,
): AsyncGenerator<Uint8Array, T> {
  let sent: Waited | null = null;
  for (;;) {
    const step = await orTick(pending);
    if (step !== TICK) return step;
    const waited = waitsFor();
    if (waited !== null && waited !== sent) yield chunkOf(waited);
    sent = waited;
  }
}
