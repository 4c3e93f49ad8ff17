import { describe, expect, it } from 'vitest';
import { arcsOf } from '@/lib/ring/arcs';
import { arcPath, nodePaths, pointAt, RING_BAND, shareAt, VIEW } from './geometry';

const band = { inner: 50, outer: 100 };

describe('the ring as shapes', () => {
  it('starts at the top and runs clockwise', () => {
    expect([0, 0.25, 0.5, 0.75, 1.25].map((share) => pointAt(share, 100))).toEqual(
      ['200 100', '300 200', '200 300', '100 200', '300 200'], //
    );
  });

  it('draws an arc outwards and back inwards, the long way round when it is more than half', () => {
    expect(arcPath({ start: 0, sweep: 0.25 }, band)).toBe(
      'M200 100A100 100 0 0 1 300 200L250 200A50 50 0 0 0 200 150Z',
    );
    expect(arcPath({ start: 0.5, sweep: 0.75 }, band)).toBe(
      'M200 300A100 100 0 1 1 300 200L250 200A50 50 0 1 0 200 250Z',
    );
  });

  it('draws the whole ring as two circles with a hole', () => {
    const path = arcPath({ start: 0.3, sweep: 1 }, band);
    expect(path.match(/M/g)).toHaveLength(2);
    expect(path.match(/A/g)).toHaveLength(4);
  });

  it('draws one shape a node, however many arcs it has', () => {
    const tokens = (offset: number) =>
      Array.from({ length: 256 }, (_, index) => String(BigInt(index * 6 + offset) * 2n ** 52n));
    const arcs = arcsOf([0, 1, 2, 3, 4, 5].map((offset) => ({ address: `n${offset}`, tokens: tokens(offset) })));
    const paths = nodePaths(arcs, RING_BAND);
    expect(arcs).toHaveLength(1536);
    expect([...paths.keys()].sort()).toEqual(['n0', 'n1', 'n2', 'n3', 'n4', 'n5']);
    expect(paths.get('n3')?.match(/M/g)).toHaveLength(256);
  });
});

describe('what is under the pointer', () => {
  it('is a share of the circle on the ring and nothing off it', () => {
    const middle = VIEW / 2;
    expect([
      shareAt(middle, middle - 150),
      shareAt(middle + 150, middle),
      shareAt(middle, middle + 150),
      shareAt(middle - 150, middle),
    ]).toEqual([0, 0.25, 0.5, 0.75]);
    expect(shareAt(middle, middle)).toBeUndefined();
    expect(shareAt(0, 0)).toBeUndefined();
  });
});
