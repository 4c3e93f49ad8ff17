import { describe, expect, it } from 'vitest';
import { nodeControl, nodetool } from './control.mjs';
import { probeCql } from './probe.mjs';

const RECORD = process.env.RINGSIDE_TEST_RING ?? '';

describe('a node of the test ring', () => {
  it('answers CQL, stops answering while it is paused, and answers again', async () => {
    const node = nodeControl(2);
    expect(await probeCql(node.address, node.port)).toBe('cql');
    await node.pause();
    try {
      // The system still accepts the connection, but nothing answers.
      expect(await probeCql(node.address, node.port, { timeoutMs: 500 })).toBe('other');
      expect(await node.isRunning()).toBe(true);
    } finally {
      await node.resume();
    }
    await node.ready();
  });

  it('can be stopped, is then seen as down, and can be restarted', async () => {
    const node = nodeControl(2);
    await node.stop();
    try {
      expect(await node.isRunning()).toBe(false);
      expect(await probeCql(node.address, node.port)).toBe('closed');
      expect(await nodetool(RECORD, ['status'])).toMatch(new RegExp(`DN\\s+${node.address}`));
    } finally {
      await node.start();
    }
    expect(await nodetool(RECORD, ['status'], 2)).toMatch(new RegExp(`UN\\s+${node.address}`));
  });
});
