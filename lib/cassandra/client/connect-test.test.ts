import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectTestRequestSchema } from '@/lib/contract/connect';
import { bundleConnectTest, CONNECT_TEST } from '@/scripts/support/connect-test.mjs';
import { testConnectionApart } from './connect-test-process';
import { header, int32, rawFrame, short, string } from './test-frames';
import { announced, type Peer, type PeerAnswer, type PeerRequest, startPeer } from './test-hostile-peer';

const never = new AbortController().signal;
const peers: Peer[] = [];
const directory = mkdtempSync(join(tmpdir(), 'ringside-connect-test-'));

beforeAll(() => bundleConnectTest());
afterAll(() => rmSync(directory, { recursive: true }));
afterEach(() => Promise.all(peers.splice(0).map((peer) => peer.stop())));

async function peerThat(answer: (request: PeerRequest) => PeerAnswer): Promise<Peer> {
  const peer = await startPeer(answer);
  peers.push(peer);
  return peer;
}

const targetAt = (contactPoint: string) =>
  connectTestRequestSchema.parse({ contactPoints: [contactPoint], password: 'secret', username: 'somebody' });

/** A program in place of the test's, to be stopped by its limits. */
function program(name: string, text: string): string {
  const path = join(directory, `${name}.mjs`);
  writeFileSync(path, text);
  return path;
}

const ONE_STEP = JSON.stringify({
  ok: false,
  release: null,
  clusterName: null,
  datacenters: [],
  steps: [{ step: 'dns', status: 'ok', message: 'fine', elapsedMs: 1 }],
});

const stepsOf = (answer: { steps: readonly { step: string; status: string }[] }) =>
  answer.steps.map(({ step, status }) => `${step} ${status}`);

describe('the connection test', () => {
  it('is bundled for the server to start', () => {
    expect(existsSync(CONNECT_TEST.outFile)).toBe(true);
  });

  it('finds a node', async () => {
    const { contactPoint } = await peerThat(() => 'as a node');
    const answer = await testConnectionApart(targetAt(contactPoint), never);
    expect(stepsOf(answer)).toEqual(['dns ok', 'tcp ok', 'tls skipped', 'login ok', 'datacenter ok']);
    expect(answer).toMatchObject({ ok: true, release: '5.0.9', clusterName: 'peer', datacenters: ['dc1'] });
  });

  it.each<[string, (streamId: number) => Buffer, RegExp]>([
    [
      'two billion rows',
      (id) =>
        rawFrame('result', id, int32(2), int32(1), int32(0), string('ks'), string('t'), int32(2_000_000_000), short(0)),
      /announces 2,000,000,000 rows where 2 bytes are left/,
    ],
    ['a frame of 2 GB', (id) => announced(id, 2_147_483_647), /announces 2,147,483,647 bytes; at most 16,777,216/],
    ['text', () => Buffer.from('SSH-2.0-OpenSSH_9.6\r\n'), /starts with 0x53/],
    ['a frame that is compressed', (id) => header(id, 0x06, 10, 1), /compressed/],
  ])('says what is wrong with a peer that sends %s', async (_name, bytes, says) => {
    for (const at of ['startup', 'query'] as const) {
      const { contactPoint } = await peerThat(({ kind, streamId }) => (kind === at ? bytes(streamId) : 'as a node'));
      const answer = await testConnectionApart(targetAt(contactPoint), never);
      expect(answer.ok).toBe(false);
      expect(answer.steps.at(-1)?.message).toMatch(says);
    }
  });

  it('of a peer that never finishes is stopped, and returns the steps so far', async () => {
    const silent = program('silent', `console.log(${JSON.stringify(ONE_STEP)}); setInterval(() => {}, 1000);`);
    const answer = await testConnectionApart(targetAt('x'), never, { program: silent, timeLimitMs: 1_500 });
    expect(stepsOf(answer)).toEqual(['dns ok', 'tcp failed']);
    expect(answer.steps.at(-1)?.message).toBe('The test was stopped after 1.5 s.');
  });

  it('that uses up memory is stopped alone', async () => {
    const hungry = program('hungry', 'const all = []; for (;;) all.push(new Array(100_000).fill(all.length));');
    const answer = await testConnectionApart(targetAt('x'), never, { program: hungry, heapMb: 32 });
    expect(answer.steps.at(-1)?.message).toMatch(/more than 32 MB of memory/);
  });

  it.each([
    ['text', 'console.log("ok");'],
    ['another shape', 'console.log(JSON.stringify({ ok: true, steps: "all" }));'],
    [
      'endless text',
      'for (;;) if (!process.stdout.write("x".repeat(65536))) await new Promise((r) => process.stdout.once("drain", r));',
    ],
  ])('whose program prints %s is not trusted', async (name, text) => {
    const answer = await testConnectionApart(targetAt('x'), never, {
      program: program(name.replaceAll(' ', '-'), text),
    });
    expect(stepsOf(answer)).toEqual(['dns failed']);
  });

  it('ends when the client leaves', async () => {
    let asked = () => {};
    const connected = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const peer = await peerThat(() => {
      asked();
      return 'silence';
    });
    const client = new AbortController();
    const test = testConnectionApart(targetAt(peer.contactPoint), client.signal);
    await connected;
    client.abort(new Error('gone'));
    await expect(test).rejects.toThrow('gone');
    await peer.closed(0);
  });

  it('runs at most twice at a time; a few wait, and the rest are refused', async () => {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const silent = program('waits', `console.log(${JSON.stringify(ONE_STEP)}); setInterval(() => {}, 1000);`);
    const clients = Array.from({ length: 11 }, () => new AbortController());
    const outcomes = clients.map(({ signal }) =>
      testConnectionApart(targetAt('x'), signal, { program: silent }).then(
        () => 'ended',
        (error: unknown) => {
          const text = String(error);
          if (text.includes('are waiting')) open();
          return text;
        },
      ),
    );
    await opened;
    for (const client of clients) client.abort(new Error('gone'));
    const all = await Promise.all(outcomes);
    expect(
      all.filter((text) => text.includes('2 connection tests are already running and 8 are waiting')),
    ).toHaveLength(1);
    expect(all.filter((text) => text.includes('gone'))).toHaveLength(10);
  });

  it('connects to nothing in a network that is denied', async () => {
    const { contactPoint } = await peerThat(() => 'as a node');
    const networks = { deny: ['127.0.0.0/8'] };
    const answer = await testConnectionApart(targetAt(contactPoint), never, { networks });
    expect(stepsOf(answer)).toEqual(['dns failed']);
    expect(answer.steps[0]?.message).toMatch(/^networks\.deny refuses the address 127[.\d]+ for this test/);
    const metadata = await testConnectionApart(targetAt('169.254.169.254:80'), never);
    expect(metadata.steps[0]?.message).toContain('link-local');
  });

  it('gets no secrets through its arguments or environment', async () => {
    const telling = program(
      'telling',
      `const told = [...process.argv, ...process.execArgv, ...Object.entries(process.env).flat()].join(' ');
       process.stdin.once('data', (line) => {
         const step = { step: 'dns', status: 'ok', message: told + ' STDIN ' + JSON.parse(line).target.password, elapsedMs: 0 };
         console.log(JSON.stringify({ ok: true, steps: [step], release: null, clusterName: null, datacenters: [] }));
         process.exit();
       });`,
    );
    process.env.RINGSIDE_SECRET_OF_THIS_TEST = 'hidden';
    const answer = await testConnectionApart(targetAt('x'), never, { program: telling });
    delete process.env.RINGSIDE_SECRET_OF_THIS_TEST;
    const [arguments_, input] = answer.steps[0]?.message.split(' STDIN ') ?? [];
    expect(arguments_).not.toMatch(/secret|hidden/);
    expect(input).toBe('secret');
  });
});
