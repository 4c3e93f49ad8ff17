/** Long enough to get somewhere, short enough for every frame. */
const SLICE_MS = 8;

/**
 * Takes all steps, in slices between which the page can draw and answer. Nothing is done before it returns.
 * @throws the reason of `signal`, and what a step throws
 */
export async function inSlices<Result>(
  steps: Generator<void, Result, undefined>,
  signal: AbortSignal,
): Promise<Result> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
    for (const untilMs = performance.now() + SLICE_MS; performance.now() < untilMs; ) {
      const step = steps.next();
      if (step.done === true) return step.value;
    }
  }
}
