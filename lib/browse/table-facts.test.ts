import { describe, expect, it } from 'vitest';
import { replicationText, roundToTwoDigits } from './table-facts';

describe('facts beside a table’s name', () => {
  it('show replicas where they are a number', () => {
    expect(replicationText({ class: 'org.apache.cassandra.locator.SimpleStrategy', replication_factor: '3' })).toBe(
      'RF 3',
    );
    expect(replicationText({ class: 'NetworkTopologyStrategy', dc1: '3', dc2: '2' })).toBe('RF dc1 3, dc2 2');
    expect(replicationText({ class: 'org.apache.cassandra.locator.LocalStrategy' })).toBeNull();
    expect(replicationText({})).toBeNull();
  });

  it('do not claim an estimate to the last digit', () => {
    expect(roundToTwoDigits(201_432)).toBe(200_000);
    expect(roundToTwoDigits(1_684)).toBe(1_700);
    expect(roundToTwoDigits(7)).toBe(7);
    expect(roundToTwoDigits(0)).toBe(0);
  });
});
