const RELEASE = process.env.RINGSIDE_TEST_RELEASE ?? '';

/**
 * Whether the Cassandra under test has the features of 5.0: vectors, storage-attached indexes. The test runner names the
 * release when it starts an older one; an image is always 5.0.
 */
export const HAS_5_0 = !RELEASE.startsWith('4.');

/** Whether it has those of 4.1: more of its state in tables. */
export const HAS_4_1 = !RELEASE.startsWith('4.0.');

/** Gossip can be read since 4.1. */
export const TELLS_GOSSIP = HAS_4_1;
