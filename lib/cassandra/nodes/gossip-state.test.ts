import { describe, expect, it } from 'vitest';
import { gossipState, Heartbeats } from './gossip-state';

const alive = { silentMs: 0, seenAlive: true, comparable: true };
const NORMAL = 'NORMAL,-1021030405060708090';

describe('a node by its gossip', () => {
  it.each([
    [NORMAL, 'up'],
    ['BOOT,123', 'joining'],
    ['BOOT_REPLACE,127.0.0.2', 'joining'],
    ['LEAVING,123', 'leaving'],
    ['MOVING,123', 'moving'],
    ['shutdown,true', 'down'],
    ['LEFT,123,456', 'down'],
    ['removed,0b3e,456', 'down'],
    ['', 'up'],
  ])('with a heartbeat and status %s is %s', (status, state) => {
    expect(gossipState(status, alive).state).toBe(state);
  });

  it.each([
    [0, 'up', undefined],
    [2_999, 'up', undefined],
    [3_000, 'up', 'last heartbeat 3 s ago'],
    [9_999, 'up', 'last heartbeat 10 s ago'],
    [10_000, 'down', 'no heartbeat for 10 s'],
    [65_400, 'down', 'no heartbeat for 65 s'],
  ])('silent for %d ms is %s', (silentMs, state, reason) => {
    expect(gossipState(NORMAL, { ...alive, silentMs })).toEqual(reason === undefined ? { state } : { state, reason });
  });

  it('that was leaving when its heartbeat stopped is down', () => {
    expect(gossipState('LEAVING,123', { ...alive, silentMs: 20_000 }).state).toBe('down');
  });

  it('whose heartbeat has never been seen to rise is not up', () => {
    const silence = { silentMs: 1_600, seenAlive: false, comparable: true };
    expect(gossipState(NORMAL, silence)).toEqual({
      state: 'unknown',
      reason: 'no heartbeat in the 2 s since Ringside first looked',
    });
    expect(gossipState(NORMAL, { ...silence, silentMs: 10_000 }).state).toBe('down');
  });
});

describe('heartbeats', () => {
  const beat = (heartbeat: number, generation = 1) => ({ generation, heartbeat });

  it('prove nothing at the first read', () => {
    expect(new Heartbeats().observe('a', beat(5), 1_000)).toEqual({ silentMs: 0, seenAlive: false, comparable: false });
  });

  it('that rise are alive', () => {
    const heartbeats = new Heartbeats();
    heartbeats.observe('a', beat(5), 1_000);
    expect(heartbeats.observe('a', beat(6), 1_100)).toEqual({ silentMs: 0, seenAlive: true, comparable: true });
  });

  it('that stand still are silent since they were last seen to rise', () => {
    const heartbeats = new Heartbeats();
    heartbeats.observe('a', beat(5), 0);
    heartbeats.observe('a', beat(6), 2_000);
    expect(heartbeats.observe('a', beat(6), 3_000)).toEqual({ silentMs: 1_000, seenAlive: true, comparable: false });
    expect(heartbeats.observe('a', beat(6), 14_000)).toEqual({ silentMs: 12_000, seenAlive: true, comparable: true });
  });

  it('of a node that started again count from its new generation', () => {
    const heartbeats = new Heartbeats();
    heartbeats.observe('a', beat(9_000), 0);
    heartbeats.observe('a', beat(9_000), 60_000);
    expect(heartbeats.observe('a', beat(3, 2), 61_000)).toMatchObject({ silentMs: 0, seenAlive: true });
  });

  it('are kept apart for each observer and node', () => {
    const heartbeats = new Heartbeats();
    heartbeats.observe('x/a', beat(5), 0);
    expect(heartbeats.observe('y/a', beat(6), 5_000)).toMatchObject({ silentMs: 0, seenAlive: false });
  });
});
