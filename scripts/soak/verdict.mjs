/**
 * A sample of the server's process.
 * @typedef {object} Sample
 * @property {number} atMs since the clients started
 * @property {number} descriptors
 * @property {number} residentBytes
 */

/** The load opens one socket per client, and some for Cassandra: anything beyond that is a leak. */
const SPARE_DESCRIPTORS = 30;
/** Garbage collection runs when it likes, and any sample may catch a page of wide rows. */
const SPARE_BYTES = 96 * 1024 * 1024;

/** @param {readonly number[]} numbers */
function median(numbers) {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/**
 * Reports growth. The first fifth of the time is warm-up: code compiles, caches fill. The next two fifths are compared with
 * the last two.
 * @param {readonly Sample[]} samples in order of time
 * @returns {string[]} one sentence for each kind of growth; empty if there is none
 */
export function growth(samples) {
  const lastMs = samples.at(-1)?.atMs ?? 0;
  const early = samples.filter(({ atMs }) => atMs >= lastMs * 0.2 && atMs < lastMs * 0.6);
  const late = samples.filter(({ atMs }) => atMs >= lastMs * 0.6);
  if (early.length === 0 || late.length === 0) return ['too few samples to judge'];
  const faults = [];
  const descriptors = [
    median(early.map((sample) => sample.descriptors)),
    median(late.map((sample) => sample.descriptors)),
  ];
  if ((descriptors[1] ?? 0) > (descriptors[0] ?? 0) + SPARE_DESCRIPTORS)
    faults.push(`descriptors grew from ${descriptors[0]} to ${descriptors[1]}`);
  const bytes = [
    median(early.map((sample) => sample.residentBytes)),
    median(late.map((sample) => sample.residentBytes)),
  ];
  if ((bytes[1] ?? 0) > (bytes[0] ?? 0) + SPARE_BYTES)
    faults.push(`memory grew from ${inMb(bytes[0])} to ${inMb(bytes[1])}`);
  return faults;
}

/**
 * What the server still holds after the last client has left.
 * @param {{ before: Sample, after: Sample }} looks
 * @returns {string[]}
 */
export function leftovers({ before, after }) {
  const kept = after.descriptors - before.descriptors;
  return kept > SPARE_DESCRIPTORS ? [`${kept} descriptors are still open after the last client has left`] : [];
}

/** @param {number | undefined} bytes */
export function inMb(bytes = 0) {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}
