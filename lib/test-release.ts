const RELEASE = process.env.RINGSIDE_TEST_RELEASE ?? '';

/**
 * Has the Cassandra under test what came with 5.0: vectors, storage-attached indexes? The tests' runner names the
 * release when it starts an older one; an image's name says nothing else than 5.0.
 */
export const HAS_5_0 = !RELEASE.startsWith('4.');

/** What the nodes gossip of each other can be read since 4.1. */
export const TELLS_GOSSIP = !RELEASE.startsWith('4.0.');
