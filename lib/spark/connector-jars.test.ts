import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Failure } from '@/lib/failure';
import lock from './connector.lock.json';
import { connectorJars } from './connector-jars';
import { jarAddress } from './jar-address';
import { CONNECTOR } from './plan/script';

const JAR = Buffer.from('a jar');
const artifact = (of: Buffer, file: string) => ({
  coordinates: `com.example:${file.replace('-1.0.jar', '')}:jar:1.0`,
  file,
  bytes: of.length,
  sha256: createHash('sha256').update(of).digest('hex'),
});
const GOOD = artifact(JAR, 'good-1.0.jar');

/** A repository whose answers are by file name; what was asked. */
const files = new Map<string, Buffer>([['good-1.0.jar', JAR]]);
const asked: string[] = [];
const server = createServer((request, response) => {
  const name = request.url?.split('/').at(-1) ?? '';
  asked.push(request.url ?? '');
  const found = files.get(name);
  response.writeHead(found === undefined ? 404 : 200).end(found);
});
let repository = '';

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  repository = `http://127.0.0.1:${(server.address() as AddressInfo).port}/maven`;
});
afterAll(() => server.close());

const newData = () => mkdtempSync(join(tmpdir(), 'ringside-jars-'));

async function fetched(data: string, ...artifacts: (typeof GOOD)[]) {
  return connectorJars({ data, artifacts, repository, signal: AbortSignal.timeout(10_000) });
}

async function refusal(run: Promise<unknown>) {
  const error = await run.catch((cause: unknown) => cause);
  if (!(error instanceof Failure)) throw new Error('nothing was refused');
  return error.error;
}

describe('the jars of the connector', () => {
  it('are fetched by their coordinates once, and checked each time', async () => {
    const data = newData();
    const [path] = await fetched(data, GOOD);
    expect(readFileSync(path ?? '')).toEqual(JAR);
    expect(asked).toContain('/maven/com/example/good/1.0/good-1.0.jar');
    const before = asked.length;
    expect(await fetched(data, GOOD)).toEqual([path]);
    expect(asked).toHaveLength(before);
    writeFileSync(path ?? '', 'another');
    expect(await refusal(fetched(data, GOOD))).toMatchObject({
      message: expect.stringContaining('good-1.0.jar is not the locked file'),
      detail: expect.stringContaining(GOOD.sha256),
    });
    expect(readFileSync(path ?? '', 'utf8')).toBe('another');
  });

  it.each([
    ['another content of the same length', Buffer.from('A JAR'), 'is not the locked file'],
    ['more than is locked', Buffer.from('a jar and more'), 'could not be fetched'],
    ['less than is locked', Buffer.from('a'), 'is not the locked file'],
    ['nothing', undefined, 'could not be fetched'],
  ])('are not kept when the repository has %s', async (_what, body, said) => {
    const data = newData();
    if (body !== undefined) files.set('bad-1.0.jar', body);
    else files.delete('bad-1.0.jar');
    const { message } = await refusal(fetched(data, artifact(JAR, 'bad-1.0.jar')));
    expect(message).toContain('com.example:bad:jar:1.0');
    expect(message).toContain(said);
    expect(readdirSync(join(data, 'spark', 'connector'))).toEqual([]);
  });

  it('are locked with the connector that the scripts name', () => {
    const [group, name, version] = CONNECTOR.split(':');
    expect(lock.artifacts.map(({ coordinates }) => coordinates)).toContain(`${group}:${name}:jar:${version}`);
  });

  it('have addresses without commas, which spark-submit splits', () => {
    expect(jarAddress('/a, b/c.jar')).toBe('file:///a%2C%20b/c.jar');
  });
});
