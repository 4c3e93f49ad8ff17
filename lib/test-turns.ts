/** Test support: how often the event loop turned while something ran. Turns are counted, never timed. */
export async function turnsDuring(run: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let isOver = false;
  const count = () => {
    if (isOver) return;
    turns++;
    setImmediate(count);
  };
  setImmediate(count);
  try {
    await run();
  } finally {
    isOver = true;
  }
  return turns;
}
