import { nodetool } from '@/embedded/index.mjs';
import { NODES } from './test-ring';

const RECORD = process.env.RINGSIDE_TEST_RING ?? '';

/** Whether the ring was started by the tests, so that nodetool reaches its nodes. */
export const HAS_NODETOOL = RECORD !== '';

/** What nodetool makes of every InstanceNotFoundException: also when another test drops a table while it lists all of them. */
const TABLE_GONE = 'Server is not initialized yet';

/** What nodetool prints for one node, by default the first. Every call starts a Java. */
export async function nodetoolOf(args: readonly string[], index = 0, tries = 5): Promise<string> {
  try {
    return await nodetool(RECORD, args, index);
  } catch (error) {
    if (tries === 1 || !String(error).includes(TABLE_GONE)) throw error;
    return nodetoolOf(args, index, tries - 1);
  }
}

/** The same for every node, in the order of `NODES`. */
export function nodetoolOfAll(args: readonly string[]): Promise<string[]> {
  return Promise.all(NODES.map((_, index) => nodetoolOf(args, index)));
}
