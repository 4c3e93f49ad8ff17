import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { everything, request } from './test-sockets';

let child: ChildProcess | undefined;
afterEach(() => child?.kill('SIGKILL'));

function run(program: string, env: Record<string, string> = {}, ...args: string[]) {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const started = spawn(process.execPath, [path, ...args], { env: { ...process.env, ...env }, stdio: 'pipe' });
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

  /** The program with a response that is being sent, an idle connection, and the request to end. */
  async function asked() {
    const program = run('./test-program.mjs', {}, 'patient');
    const [port] = await once(program.stdout, 'data');
    const [streaming, other] = [connect(Number(port), '127.0.0.1'), connect(Number(port), '127.0.0.1')];
    await once(other, 'connect');
    streaming.write(request('GET /'));
    const answer = everything(streaming);
    await once(streaming, 'data');
    program.kill('SIGTERM');
    await once(program.stdout, 'data');
    return { program, port: Number(port), other, answer };
  }

  it('waits for the last line of a response, refuses what comes meanwhile, and still says that it lives', async () => {
    const { program, port, other, answer } = await asked();
    const refused = everything(other);
    other.write(request('GET /healthz') + request('GET /demo'));
    expect(await refused).toMatch(/"alive"[\s\S]*HTTP\/1.1 503 [\s\S]*"server_stopping"/);
    await expect(once(connect(port, '127.0.0.1'), 'connect')).rejects.toThrow('ECONNREFUSED');
    program.kill('SIGUSR2');
    expect(await answer).toContain('last');
    expect(await once(program, 'exit')).toEqual([0, null]);
  });

  it('ends immediately on a second one', async () => {
    const { program, answer } = await asked();
    program.kill('SIGTERM');
    expect(await once(program, 'exit')).toEqual([1, null]);
    expect(await answer).not.toContain('last');
  });
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
    expect([code, said]).toEqual([1, expect.stringContaining('it has no sign-in')]);
  });

  it('is refused just as an invalid setting is', async () => {
    const program = run('./main.mjs', { RINGSIDE_TRUSTED_PROXIES: 'everybody' });
    const [said, [code]] = await Promise.all([text(program.stderr), once(program, 'exit')]);
    expect([code, said]).toEqual([1, expect.stringContaining('RINGSIDE_TRUSTED_PROXIES')]);
  });
});
