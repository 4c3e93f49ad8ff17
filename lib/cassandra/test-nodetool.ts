import { nodetool } from '@/embedded/index.mjs';
import { NODES } from './test-ring';

const RECORD = process.env.RINGSIDE_TEST_RING ?? '';

/** Whether the ring was started by the tests, so that nodetool reaches its nodes. */
export const HAS_NODETOOL = RECORD !== '';

/** What nodetool prints for one node, by default the first. Every call starts a Java. */
export function nodetoolOf(args: readonly string[], index = 0): Promise<string> {
  return nodetool(RECORD, args, index);
}

/** The same for every node, in the order of `NODES`. */
export function nodetoolOfAll(args: readonly string[]): Promise<string[]> {
  return Promise.all(NODES.map((_, index) => nodetoolOf(args, index)));
}
