import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { addressOf } from '@/lib/contract/endpoint';
import { describe as describeTable, download, rows, topology } from '@/lib/contract/endpoints';
import { JSON_DEPTH, LISTED_FAULTS, URL_JSON_CHARACTERS } from '@/lib/contract/limits';
import { jsonParameter, parseInput, readBody, readInput } from './input';

const post = (body: BodyInit, headers = {}) =>
  new Request('http://localhost/api', { method: 'POST', body, headers, ...{ duplex: 'half' } });
const schema = z.strictObject({ rows: z.int(), name: z.string() });

describe('the input of a request', () => {
  it('is parsed with its schema', async () => {
    expect(await readBody(schema, post('{"rows":1,"name":"ü"}'))).toEqual({ rows: 1, name: 'ü' });
  });

  it('names every field at fault', () => {
    const parse = () => parseInput(schema, { rows: 'many', other: 1 });
    expect(parse).toThrow(/rows: .*; name: .*other/);
  });

  it.each(['', '{', 'undefined'])('that is not JSON is refused: %j', async (body) => {
    await expect(readBody(schema, post(body))).rejects.toThrow('body is not JSON');
  });

  it('is refused when it is too large, whether it says so or not', async () => {
    const piece = new TextEncoder().encode(' '.repeat(64 * 1024));
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += piece.length;
        controller.enqueue(piece);
      },
    });
    await expect(readBody(schema, post(endless))).rejects.toThrow('larger than 4194304 bytes');
    expect(sent).toBeLessThan(5 * 1024 * 1024);
    await expect(readBody(schema, post(' '.repeat(4_194_305)))).rejects.toThrow('larger than');
  });

  it('can be JSON in a parameter', () => {
    const search = new URLSearchParams({ good: '[1]', bad: '[' });
    expect(jsonParameter(search, 'good')).toEqual([1]);
    expect(jsonParameter(search, 'absent')).toBeUndefined();
    expect(() => jsonParameter(search, 'bad')).toThrow('The parameter “bad” is not JSON.');
  });

  it.each(['['.repeat(2_000_000), `{"rows":${'['.repeat(5_000)}${']'.repeat(5_000)}}`])(
    'that is nested too deeply is refused by its text alone',
    async (body) => {
      await expect(readBody(schema, post(body))).rejects.toThrow(`JSON nested more than ${JSON_DEPTH} deep`);
      const search = new URLSearchParams({ bad: body.slice(0, 1_000) });
      expect(() => jsonParameter(search, 'bad')).toThrow(
        `The parameter “bad” is JSON nested more than ${JSON_DEPTH} deep`,
      );
    },
  );

  it('lists only some of very many faults', async () => {
    const message =
      (await readBody(z.array(z.int()), post(JSON.stringify(Array(60_000).fill('x')))).catch(String)) ?? '';
    expect(message).toContain(`; and ${60_000 - LISTED_FAULTS} more.`);
    expect(String(message).length).toBeLessThan(1_000);
  });

  it('in a parameter has a maximum length', () => {
    const search = new URLSearchParams({ long: JSON.stringify('x'.repeat(URL_JSON_CHARACTERS)) });
    expect(() => jsonParameter(search, 'long')).toThrow('The parameter “long” is longer than');
  });

  it.each(Object.getOwnPropertyNames(Object.prototype))('with an unknown field %s is refused', async (name) => {
    const body = `{"rows":1,"name":"x","${name}":1}`;
    await expect(readBody(schema, post(body))).rejects.toThrow(name);
  });
});

describe('an address', () => {
  const place = { cluster: 'a/b', keyspace: 'ks', table: 'T "é' };
  const get = (address: string) => new Request(`http://localhost${address}`);

  it('is the path with encoded names', () => {
    expect(addressOf(rows.post, place)).toBe('/api/clusters/a%2Fb/tables/ks/T%20%22%C3%A9/rows');
    expect(() => addressOf(rows.post, { ...place, table: Reflect.get({}, 'table') })).toThrow(TypeError);
  });

  it('of rows says the same as a body', async () => {
    const input = {
      filters: [{ column: 'a', operator: '=' as const, value: -0 }],
      columns: ['x,y', '1'],
      pageRows: 5,
      firstPageRows: 2,
      maxPages: 0,
      timeoutMs: 500,
      reversed: true,
      fromToken: '-42',
      consistency: 'ONE' as const,
      cursor: 'a&b',
    };
    expect(await readInput(rows.get.input, get(addressOf(rows.get, { ...place, input })))).toEqual(input);
    expect(await readInput(rows.get.input, get(addressOf(rows.get, { ...place, input: {} })))).toEqual({});
    expect(await readInput(rows.get.input, get('/?reversed=no'))).toEqual({ reversed: false });
  });

  it.each([
    ['pageRows=many&maxPages=1.5&consistency=SOME', ['consistency', 'pageRows', 'maxPages']],
    ['pageRows=', ['pageRows']],
    ['filters=1&columns=[1]', ['filters', 'columns.0']],
    ['allowFiltering=true', ['allowFiltering']],
    ['nobody=1', ['nobody']],
  ])('of rows with %s is refused, naming each fault', async (search, names) => {
    const message = await readInput(rows.get.input, get(`/?${search}`)).catch(String);
    for (const name of names) expect(message).toContain(name);
  });

  it('of a download has the whole request', async () => {
    const input = { statement: 'SELECT "a&b" FROM ks.t', format: 'csv' as const };
    const address = addressOf(download.get, { cluster: 'demo', input });
    expect(await readInput(download.get.input, get(address))).toEqual(input);
    await expect(readInput(download.get.input, get('/'))).rejects.toThrow('expected object, received undefined');
  });

  it('has only the given fields', async () => {
    expect(addressOf(topology.get, { cluster: 'demo', input: { keyspace: undefined } })).toMatch(/topology$/);
    const address = addressOf(describeTable.get, { cluster: 'demo', input: { keyspace: 'a b' } });
    expect(address).toBe('/api/clusters/demo/describe?keyspace=a+b');
    expect(await readInput(describeTable.get.input, get(address))).toEqual({ keyspace: 'a b' });
    await expect(readInput(describeTable.get.input, get('/?keyspace='))).rejects.toThrow('keyspace: ');
  });
});
