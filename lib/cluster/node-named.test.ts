import { expect, it } from 'vitest';
import { nodeNamed } from './node-named';

const NODES = [
  { hostId: 'a', node: '127.0.0.1:9042' },
  { hostId: 'b', node: '127.0.0.2:9042' },
  { hostId: 'c', node: '127.0.0.3:9042' },
  { hostId: 'd', node: '127.0.0.3:9043' },
  { hostId: 'e', node: '[2001:db8::1]:9042' },
];

it.each([
  ['b', 'b'],
  ['127.0.0.2:9042', 'b'],
  ['127.0.0.1', 'a'],
  ['127.0.0.3:9043', 'd'],
  ['2001:db8::1', 'e'],
  ['[2001:db8::1]:9042', 'e'],
  // Two nodes have it.
  ['127.0.0.3', undefined],
  ['127.0.0.1:', undefined],
  ['127.0.0', undefined],
  ['', undefined],
])('%j is the node %s', (name, hostId) => {
  expect(nodeNamed(NODES, name)?.hostId).toBe(hostId);
});
