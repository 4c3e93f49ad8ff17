import { beforeEach, describe, expect, it } from 'vitest';
import { Listeners } from '@/lib/listeners';
import { NOT_READ, type ReadState } from './read-state';
import { type FollowedReader, RunningReads } from './running-reads';

class TestReader implements FollowedReader {
  readonly source;
  disposed = false;
  private reading: ReadState = { ...NOT_READ, phase: 'paused' };
  private readonly listeners = new Listeners();
  readonly subscribe = this.listeners.subscribe;

  constructor(readonly label: string) {
    this.source = { key: label, label };
  }

  getState() {
    return { reading: this.reading };
  }

  set(change: Partial<ReadState>): void {
    this.reading = { ...this.reading, ...change };
    this.listeners.notify();
  }

  readOn(): void {
    this.set({ phase: 'reading', mode: 'on' });
  }

  stop(): void {
    if (this.reading.phase === 'reading') this.set({ phase: 'stopped' });
  }

  dispose(): void {
    this.disposed = true;
    this.stop();
  }
}

let reads: RunningReads<TestReader>;
let address: string;
const here = () => address;
const lines = () => reads.getList().map(({ label, phase, isShown }) => [label, phase, isShown]);

/** A read that goes on to the end after its view was left. */
function left(label: string): TestReader {
  const reader = new TestReader(label);
  address = `/demo/${label}`;
  reads.show(reader, here);
  reader.readOn();
  address = '/demo';
  reads.leave(reader);
  return reader;
}

beforeEach(() => {
  reads = new RunningReads();
  address = '/demo/a';
});

describe('what goes on', () => {
  it('may say itself what it is and how far', () => {
    class Count extends TestReader {
      readonly what = 'Count';
      getProgress = () => ({ fraction: 0.5, rowsPerSecond: 9 });
    }
    const count = new Count('a');
    reads.show(count, here);
    count.readOn();
    expect(reads.getList()[0]).toMatchObject({ what: 'Count', fraction: 0.5, rowsPerSecond: 9 });
  });
});

describe('reads to the end', () => {
  it('are listed while they run; what is read on demand is not', () => {
    const reader = new TestReader('a');
    reads.show(reader, here);
    reader.set({ phase: 'reading', mode: 'page' });
    expect(lines()).toEqual([]);
    reader.readOn();
    expect(lines()).toEqual([['a', 'reading', true]]);
    reader.set({ phase: 'complete' });
    expect(lines()).toEqual([]);
  });

  it('outlive their view, with its address, until they are stopped', () => {
    const reader = left('a');
    expect(reader.disposed).toBe(false);
    expect(lines()).toEqual([['a', 'reading', false]]);
    expect(reads.getList()[0]?.href).toBe('/demo/a');
    reads.getList()[0]?.stop();
    expect(lines()).toEqual([['a', 'stopped', false]]);
    reads.getList()[0]?.dismiss();
    expect(reader.disposed).toBe(true);
    expect(lines()).toEqual([]);
  });

  it('are taken back by a view of the same result, and end when it shows another one', () => {
    const reader = left('a');
    expect(reads.find('b')).toBeUndefined();
    expect(reads.find('a')).toBe(reader);
    reads.show(reader, here);
    expect(reads.find('a')).toBeUndefined();
    reads.end(reader);
    expect(reader.disposed).toBe(true);
    expect(lines()).toEqual([]);
  });

  it('give way to a new read of the same result', () => {
    const reader = left('a');
    const next = new TestReader('a');
    reads.show(next, here);
    expect([reader.disposed, next.disposed]).toEqual([true, false]);
  });

  it('that ended while nobody looked do not pile up', () => {
    const ended = ['a', 'b', 'c', 'd', 'e'].map(left);
    for (const reader of ended) reader.set({ phase: 'complete' });
    left('f');
    expect(lines().map(([label]) => label)).toEqual(['b', 'c', 'd', 'e', 'f']);
    expect(ended[0]?.disposed).toBe(true);
  });
});

describe('other reads', () => {
  it('end with their view', () => {
    const reader = new TestReader('a');
    reads.show(reader, here);
    reader.set({ phase: 'reading', mode: 'page' });
    reads.leave(reader);
    expect(reader.disposed).toBe(true);
  });
});
