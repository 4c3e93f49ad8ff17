import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect as connectPlain } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWebServer } from './http-server.mjs';
import { readPair, tlsFilesOf } from './own-tls.mjs';
import { readSettings } from './settings.mjs';
import { testCertificate } from './test-certificate';
import { everything, request, statusOf } from './test-sockets';

const HOST = 'ringside.example';
let directory: string;
let files: { cert: string; key: string };
let server: ReturnType<typeof createWebServer> | undefined;
let said: { log: unknown[]; error: unknown[] };

const write = (pair: Partial<ReturnType<typeof testCertificate>>) => {
  if (pair.certificate !== undefined) writeFileSync(files.cert, pair.certificate);
  if (pair.key !== undefined) writeFileSync(files.key, pair.key);
};

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ringside-tls-'));
  files = { cert: join(directory, 'cert.pem'), key: join(directory, 'key.pem') };
  write(testCertificate('first'));
  said = { log: [], error: [] };
  vi.spyOn(console, 'log').mockImplementation((line) => void said.log.push(line));
  vi.spyOn(console, 'error').mockImplementation((line) => void said.error.push(line));
});
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
  server = undefined;
  vi.restoreAllMocks();
  rmSync(directory, { recursive: true });
});

async function start(): Promise<number> {
  const tls = { files, pair: readPair(files), everyMs: 20 };
  const settings = readSettings({ RINGSIDE_ALLOWED_HOSTS: HOST });
  server = createWebServer(settings, false, { tls, handle: (_request, response) => response.end('in') });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function open(port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connect({ port, host: '127.0.0.1', servername: HOST, rejectUnauthorized: false, ...options });
  await once(socket, 'secureConnect');
  return socket;
}

async function nameOf(port: number): Promise<string> {
  const socket = await open(port);
  const { subject } = socket.getPeerCertificate();
  socket.destroy();
  return String(subject.CN);
}

async function say(port: number, headers: Record<string, string> = {}): Promise<string> {
  const socket = await open(port);
  socket.write(request('GET /', { Connection: 'close', Host: HOST, ...headers }));
  return everything(socket);
}

describe('a server with TLS of its own', () => {
  it('answers over TLS 1.2 and 1.3, and has browsers keep to it under its own name alone', async () => {
    const port = await start();
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const socket = await open(port, { minVersion: version, maxVersion: version });
      expect(socket.getProtocol()).toBe(version);
      socket.destroy();
    }
    const answer = await say(port);
    expect(statusOf(answer)).toBe(200);
    expect(answer).toMatch(/^strict-transport-security: max-age=31536000\r$/im);
    expect(await say(port, { Host: `localhost:${port}` })).not.toMatch(/strict-transport-security/i);
  });

  it('speaks no older version, and closes what is no TLS', async () => {
    const port = await start();
    const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    await expect(open(port, old)).rejects.toThrow();
    const plain = connectPlain(port, '127.0.0.1');
    plain.write(request('GET /', { Host: HOST }));
    expect(await everything(plain)).toBe('');
    expect(await nameOf(port)).toBe('first');
  });

  it('decides on requests as it does without', async () => {
    const port = await start();
    expect(statusOf(await say(port, { Host: 'evil.example' }))).toBe(421);
    expect(statusOf(await say(port, { Origin: `https://${HOST}` }))).toBe(200);
    expect(statusOf(await say(port, { Origin: 'https://evil.example' }))).toBe(403);
  });
});

describe('files that change', () => {
  it('are used for new connections, while open ones go on', async () => {
    const port = await start();
    const before = await open(port);
    write(testCertificate('second'));
    await vi.waitFor(async () => expect(await nameOf(port)).toBe('second'), { timeout: 30_000 });
    expect(said.log.join()).toContain(`the new certificate in ${files.cert} is used`);
    before.write(request('GET /', { Connection: 'close', Host: HOST }));
    expect(statusOf(await everything(before))).toBe(200);
  });

  it.each([
    ['a key of another certificate', () => ({ key: testCertificate('other').key }), 'cannot be used together'],
    ['no certificate', () => ({ certificate: 'not PEM' }), 'cannot be used together'],
    ['an expired one', () => testCertificate('late', -1), 'expired on'],
  ])('to %s are named once in the log, and the old pair stays', async (_what, bad, reason) => {
    const port = await start();
    write(bad());
    await vi.waitFor(() => expect(said.error.join()).toContain(reason), { timeout: 30_000 });
    expect(said.error.join()).toContain('The certificate from before is still used.');
    expect(await nameOf(port)).toBe('first');
    write(testCertificate('third'));
    await vi.waitFor(async () => expect(await nameOf(port)).toBe('third'), { timeout: 30_000 });
  });

  it('to nothing leave the old pair, too', async () => {
    const port = await start();
    rmSync(files.key);
    await vi.waitFor(() => expect(said.error.join()).toContain(`${files.key} cannot be read`), { timeout: 30_000 });
    expect(await nameOf(port)).toBe('first');
  });
});

describe('tls in the configuration', () => {
  const from = (value: unknown) => tlsFilesOf({ RINGSIDE_CLUSTERS: JSON.stringify(value) });

  it('names files, and is off without', () => {
    expect(from({ clusters: [], tls: { cert: '/c.pem', key: '/k.pem', ca: '/i.pem' } })).toEqual({
      ...{ cert: '/c.pem', key: '/k.pem', ca: '/i.pem' },
    });
    for (const value of [[], { clusters: [] }]) expect(from(value)).toBeNull();
    expect(tlsFilesOf({ RINGSIDE_CONFIG: '/nowhere/ringside.json' })).toBeNull();
  });

  it.each([[{}], [{ cert: 'a' }], [{ cert: 'a', key: 1 }], [true], [null]])('of %j is refused by name', (tls) => {
    expect(() => from({ clusters: [], tls })).toThrow('tls in the configuration');
  });

  it('sends intermediate certificates along', () => {
    const ca = join(directory, 'ca.pem');
    writeFileSync(ca, testCertificate('between').certificate);
    expect(readPair({ ...files, ca }).cert.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(() => readPair({ ...files, ca: join(directory, 'none.pem') })).toThrow('none.pem cannot be read');
  });
});

describe('the health check of the image', () => {
  it('asks over TLS where the server has it', async () => {
    const port = await start();
    const RINGSIDE_CLUSTERS = JSON.stringify({ clusters: [], tls: files });
    const program = fileURLToPath(new URL('./healthy.mjs', import.meta.url));
    const check = spawn(process.execPath, [program], {
      env: { ...process.env, PORT: String(port), RINGSIDE_CLUSTERS },
      stdio: 'pipe',
    });
    const [errors, [code]] = await Promise.all([text(check.stderr), once(check, 'exit')]);
    expect([errors, code]).toEqual(['', 0]);
  });
});
