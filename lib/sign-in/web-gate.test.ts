import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signInConfigSchema } from '@/lib/contract/sign-in';
import { signInOf } from './server-sign-in';
import { openingCookies } from './session-cookie';
import { webGate } from './web-gate';

const HERE = { address: '10.0.0.1', agent: 'Browser' };

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ringside-gate-'));
});
afterEach(() => rm(directory, { recursive: true }));

describe('the session of a local user', () => {
  it('ends for good when the user is removed, and that is said once', async () => {
    const config = { origin: 'http://localhost:8080', local: { users: join(directory, 'users.json') } };
    const signIn = signInOf(signInConfigSchema.parse(config), join(directory, 'sessions.json'));
    const put = () => signIn.users?.put('anna', 'correct horse battery', []);
    await put();
    const id = await signIn.sessions.open({ name: 'anna', way: 'local', groups: [] }, HERE);
    const ended: unknown[] = [];
    signIn.sessions.heardBy(({ person }, why) => void ended.push([person.name, why]));
    const cookie = openingCookies(id)
      .map((one) => one.split(';')[0])
      .join('; ');
    const asked = { method: 'GET', path: '/', target: '/', headers: { cookie }, isFromProxy: false, ...HERE };
    // Each gate reads the users at its first request.
    const enter = () => webGate(signIn).enter(asked);
    expect(await enter()).toMatchObject({ kind: 'pass' });
    await signIn.users?.remove('anna');
    expect(await enter()).toMatchObject({ kind: 'redirect' });
    await put();
    expect(await enter()).toMatchObject({ kind: 'redirect' });
    expect(ended).toEqual([['anna', 'user_removed']]);
  });
});
