import { median, round } from './support/measure.mjs';

/**
 * From a press on the rail to other rows: to 60 % of the ring, then elsewhere, then there again.
 * @param {import('playwright').Page} page
 * @param {number} rounds
 */
export async function jumps(page, rounds) {
  const rail = page.getByRole('slider', { name: 'Place on the token ring' });
  /** @type {number[]} */
  const times = [];
  for (let at = 0; at < rounds; at++) {
    await jump(page, rail, 0.2 + at * 0.02);
    times.push(await jump(page, rail, 0.6 + at * 0.01));
  }
  return { median: round(median(times)), most: round(Math.max(...times)) };
}

/**
 * @param {import('playwright').Page} page
 * @param {import('playwright').Locator} rail
 * @param {number} share
 */
async function jump(page, rail, share) {
  const box = await rail.boundingBox();
  if (box === null) throw new Error('no ring rail found: does the cluster use the Murmur3 partitioner?');
  // Set up before the press, which could otherwise outrun the evaluated code.
  const changed = await page.evaluateHandle(watchRows);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height * share);
  return page.evaluate(({ changedMs }) => changedMs, changed);
}

/** Runs in the page: from the next press to the frame in which the first drawn rows change. */
function watchRows() {
  const shown = () =>
    [...document.querySelectorAll('[role=grid] [data-row]')]
      .slice(0, 29)
      .map(({ textContent }) => textContent)
      .join('\n');
  /** @type {Promise<number>} */
  const changedMs = new Promise((resolve) => {
    addEventListener(
      'pointerup',
      () => {
        const [startedAt, before] = [performance.now(), shown()];
        const look = () => {
          if (shown() === before) requestAnimationFrame(look);
          else resolve(performance.now() - startedAt);
        };
        requestAnimationFrame(look);
      },
      { once: true, capture: true },
    );
  });
  return { changedMs };
}
