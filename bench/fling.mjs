import { eventsOf, MOVES, RESTS, startTrace, summaryOf } from './browser-trace.mjs';
import { round } from './support/measure.mjs';

export const GRID = '[role=grid]';

/**
 * Flings through the rows of a page while a trace is taken.
 * @param {import('playwright').Page} page
 * @param {import('playwright').CDPSession} session
 * @param {{ durationMs: number, distancePx: (count: number) => number }} how `distancePx`: of each fling from the first,
 *   which is 1; below 0: down
 */
export async function fling(page, session, { durationMs, distancePx }) {
  const box = await page.locator(GRID).first().boundingBox();
  if (box === null) throw new Error('there is no grid');
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const stop = await startTrace(session);
  const startedAt = performance.now();
  let [mostRows, mostElements, scrolledPx] = [0, 0, 0];
  for (let count = 1; performance.now() - startedAt < durationMs; count++) {
    const distance = distancePx(count);
    await page.evaluate((name) => void performance.mark(name), MOVES);
    await session.send('Input.synthesizeScrollGesture', {
      ...at,
      yDistance: distance,
      speed: 12_000,
      gestureSourceType: 'mouse',
      preventFling: false,
    });
    await page.evaluate((name) => void performance.mark(name), RESTS);
    scrolledPx += Math.abs(distance);
    const { rows, elements } = await drawn(page);
    mostRows = Math.max(mostRows, rows);
    mostElements = Math.max(mostElements, elements);
  }
  const summary = summaryOf(eventsOf(await stop()));
  const viewRows = Math.floor(box.height / 28);
  return {
    seconds: Math.round((performance.now() - startedAt) / 1_000),
    scrolledPx,
    ...summary,
    mostRows,
    viewRows,
    viewports: round(mostRows / viewRows),
    mostElements,
  };
}

/** @param {import('playwright').Page} page */
export function drawn(page) {
  return page.evaluate(() => ({
    rows: document.querySelectorAll('[role=grid] [data-gutter]').length,
    elements: document.querySelectorAll('*').length,
  }));
}
