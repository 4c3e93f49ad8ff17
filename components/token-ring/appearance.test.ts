import { describe, expect, it } from 'vitest';
import { COLOURS, lookOf } from './appearance';

const node = (host: number, datacenter = 'dc1', rack = 'r1') => ({ address: `10.0.0.${host}:9042`, datacenter, rack });
const many = (count: number, ...place: string[]) =>
  Array.from({ length: count }, (_, index) => node(index + 1, ...place));

describe('the look of nodes', () => {
  it('gives up to twelve nodes a colour each, in the order of their addresses', () => {
    const look = lookOf([node(10), ...many(9), node(11), node(12)]);
    expect(look.colouredBy).toBe('node');
    expect(new Set([...look.nodes.values()].map(({ colour }) => colour)).size).toBe(12);
    expect(look.nodes.get('10.0.0.2:9042')?.colour).toBe(1);
    expect(look.nodes.get('10.0.0.10:9042')?.colour).toBe(9);
  });

  it('colours by datacenter beyond twelve, and says so in a legend', () => {
    const look = lookOf([...many(COLOURS, 'east'), node(13, 'west'), node(14, 'west', 'r2')]);
    expect(look.colouredBy).toBe('datacenter');
    expect(look.nodes.get('10.0.0.1:9042')?.colour).toBe(look.nodes.get('10.0.0.9:9042')?.colour);
    expect(look.legend.map(({ label }) => label)).toEqual(['east · r1', 'west · r1', 'west · r2']);
  });

  it('tells racks of one datacenter apart by pattern, and not where there is one rack', () => {
    const look = lookOf([node(1), node(2, 'dc1', 'r2'), node(3, 'dc2', 'r2'), node(4)]);
    expect(look.showsRacks).toBe(true);
    expect([1, 2, 3, 4].map((host) => look.nodes.get(`10.0.0.${host}:9042`)?.pattern)).toEqual([
      'plain',
      'stripes',
      'plain',
      'plain',
    ]);
    expect(lookOf(many(3)).showsRacks).toBe(false);
  });

  it('lays no pattern over nodes that have both their own colour and their own rack', () => {
    const look = lookOf([node(1), node(2, 'dc1', 'r2'), node(3, 'dc1', 'r3')]);
    expect(look.showsRacks).toBe(false);
    expect(new Set([...look.nodes.values()].map(({ pattern }) => pattern))).toEqual(new Set(['plain']));
    expect(new Set([...look.nodes.values()].map(({ colour }) => colour)).size).toBe(3);
  });

  it('does not change with the order of the nodes', () => {
    const nodes = [node(1), node(2, 'dc1', 'r2'), node(3, 'dc2')];
    expect(lookOf([...nodes].reverse()).nodes.get('10.0.0.2:9042')).toEqual(lookOf(nodes).nodes.get('10.0.0.2:9042'));
  });
});
