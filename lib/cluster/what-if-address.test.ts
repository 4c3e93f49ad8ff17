import { describe, expect, it } from 'vitest';
import { namesOfPicked, pickedNodes, readWhatIfAddress, writeWhatIfAddress } from './what-if-address';

const node = (address: string, datacenter: string, rack: string) => ({ address, datacenter, rack });
const NODES = [node('a', 'east', 'r1'), node('b', 'east', 'r1'), node('c', 'east', 'r/2'), node('d', 'west', 'r1')];

describe('the address of a question', () => {
  it('reads what it writes, and leaves out what is not said', () => {
    const search = writeWhatIfAddress('', {
      question: 'nodes',
      datacenters: ['east'],
      racks: ['west/r1'],
      nodes: ['a', 'b'],
      from: 'west',
      keyspace: 'k',
      level: 'EACH_QUORUM',
    });
    expect(readWhatIfAddress(search)).toEqual({
      question: 'nodes',
      datacenters: ['east'],
      racks: ['west/r1'],
      nodes: ['a', 'b'],
      from: 'west',
      keyspace: 'k',
      level: 'EACH_QUORUM',
    });
    expect(
      writeWhatIfAddress(search, { question: 'loss', datacenters: [], racks: [], nodes: ['c'], level: null }),
    ).toBe('from=west&keyspace=k&node=c');
  });

  it('takes what makes no sense as absent', () => {
    expect(readWhatIfAddress('question=why&level=FOUR')).toMatchObject({ question: 'loss', level: null });
  });

  it.each([
    ['a rack', ['a', 'b'], 'rack=east%2Fr1'],
    ['a datacenter', ['a', 'b', 'c'], 'datacenter=east'],
    ['a rack and a node', ['a', 'b', 'd'], 'rack=east%2Fr1&node=d'],
    ['a rack of one, which is its node', ['c'], 'node=c'],
  ])('names %s as shortly as it can, and finds its nodes again', (_, picked, search) => {
    const written = writeWhatIfAddress('', namesOfPicked(new Set(picked), NODES));
    expect(written).toBe(search);
    expect([...pickedNodes(readWhatIfAddress(written), NODES)]).toEqual(picked);
  });

  it('forgets nodes that are no more', () => {
    expect([...pickedNodes({ datacenters: [], racks: [], nodes: ['gone', 'a'] }, NODES)]).toEqual(['a']);
  });
});
