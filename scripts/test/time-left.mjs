/**
 * Whether the last tests of `npm test` may begin: not in the last eighth of the time that CI has for all.
 * @param {string | undefined} minutes for all, as RINGSIDE_TEST_MINUTES says; absent or not a number: without a limit
 * @param {number} gone minutes
 * @returns {boolean}
 */
export function hasTimeForMore(minutes, gone) {
  return !(gone > (Number(minutes ?? Number.POSITIVE_INFINITY) * 7) / 8);
}
