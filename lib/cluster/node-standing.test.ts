import { describe, expect, it } from 'vitest';
import type { Node } from '@/lib/contract/topology';
import { standingOf } from './node-standing';

type State = Node['gossip']['state'];

describe('a node’s standing from both sources', () => {
  it.each<[reachable: State, gossip: State, standing: string]>([
    ['up', 'up', 'up'],
    ['up', 'leaving', 'up'],
    ['up', 'moving', 'up'],
    ['down', 'down', 'down'],
    // 4.0 has no gossip table: the try from here is all there is.
    ['up', 'unknown', 'up'],
    ['down', 'unknown', 'down'],
    ['unknown', 'up', 'up'],
    ['unknown', 'down', 'down'],
    ['unknown', 'unknown', 'unknown'],
    // The sources contradict each other.
    ['down', 'up', 'unknown'],
    ['up', 'down', 'unknown'],
    ['up', 'joining', 'unknown'],
    ['unknown', 'joining', 'down'],
  ])('reachable %s, gossip %s: %s', (reachable, gossip, standing) => {
    expect(standingOf({ reachable: { state: reachable }, gossip: { state: gossip } })).toBe(standing);
  });
});
