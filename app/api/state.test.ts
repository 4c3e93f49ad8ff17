import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { GET as schema } from './clusters/[cluster]/schema/route';
import { GET as health } from './health/route';
import { GET as state } from './state/route';

const SECRET = '/run/secrets/there-is-none';
const request = () => new Request('http://localhost/');
const none = { params: Promise.resolve({}) };

beforeEach(() => {
  const cluster = { name: 'secret', contactPoints: ['127.0.0.1:1'], username: 'reader', password: { file: SECRET } };
  vi.stubEnv('RINGSIDE_CLUSTERS', JSON.stringify([cluster]));
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

it('names an unreadable secret in the log, but in no response', async () => {
  const failed = await schema(request(), { params: Promise.resolve({ cluster: 'secret' }) });
  expect(failed.status).toBe(500);
  const answers = [failed, await state(request(), none), await health(request(), none)];
  const [error, known, alive] = await Promise.all(answers.map((answer) => answer.text()));
  expect(known).toContain('The configuration of this cluster cannot be used.');
  expect(alive).toBe('{"status":"alive"}');
  expect(`${error}${known}`).not.toMatch(/secrets|password|reader/);
  expect(JSON.stringify(vi.mocked(console.error).mock.calls, ['message', 'error', 'detail'])).toContain(SECRET);
});
