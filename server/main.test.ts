import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { everything, request } from './test-sockets';

let child: ChildProcess | undefined;
afterEach(() => child?.kill('SIGKILL'));

function run(program: string, env: Record<string, string> = {}) {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const started = spawn(process.execPath, [path], { env: { ...process.env, ...env }, stdio: 'pipe' });
  child = started;
  return started;
}

describe('a server that receives a signal to end', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends on %s, though a response is open, a connection is idle and its own work never ends',
    async (signal) => {
      const program = run('./test-program.mjs');
      const [port] = await once(program.stdout, 'data');
      const [streaming, idle] = [connect(Number(port), '127.0.0.1'), connect(Number(port), '127.0.0.1')];
      streaming.write(request('GET /'));
      await once(streaming, 'data');
      const cut = [everything(streaming), everything(idle)];
      program.kill(signal);
      expect(await once(program, 'exit')).toEqual([0, null]);
      await Promise.all(cut);
    },
  );
});

it('A server that hits an uncaught error says so and ends', async () => {
  const program = run('./test-program.mjs');
  const [port] = await once(program.stdout, 'data');
  const said = text(program.stderr);
  connect(Number(port), '127.0.0.1')
    .on('error', () => undefined)
    .write(request('GET /throw'));
  expect(await once(program, 'exit')).toEqual([1, null]);
  expect(await said).toMatch(/uncaught error.*nobody catches this/s);
});

describe('an address that other machines could reach', () => {
  it('is refused: the start fails with the reason', async () => {
    const program = run('./main.mjs', { HOST: '0.0.0.0', PORT: '0', RINGSIDE_PUBLISHED_BY: '' });
    const [said, [code]] = await Promise.all([text(program.stderr), once(program, 'exit')]);
    expect([code, said]).toEqual([1, expect.stringContaining('it has no sign-in yet')]);
  });

  it('is refused just as an invalid setting is', async () => {
    const program = run('./main.mjs', { RINGSIDE_TRUSTED_PROXIES: 'everybody' });
    const [said, [code]] = await Promise.all([text(program.stderr), once(program, 'exit')]);
    expect([code, said]).toEqual([1, expect.stringContaining('RINGSIDE_TRUSTED_PROXIES')]);
  });
});
