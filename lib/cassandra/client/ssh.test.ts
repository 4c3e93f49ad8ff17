import { describe, expect, it } from 'vitest';
import { tunnelSchema } from '@/lib/contract/tunnel';
import { forwardArguments, masterArguments, sshFailure } from './ssh';

const TUNNEL = tunnelSchema.parse({ host: 'bastion.example.com', user: 'ringside' });

describe('a tunnel', () => {
  it.each([
    { host: '-oProxyCommand=id' },
    { host: 'a b' },
    { host: 'a;id' },
    { host: 'a/b' },
    { host: '' },
    { user: '-l' },
    { user: 'root@x' },
    { user: '$(id)' },
    { identityFile: 'id_ed25519' },
    { identityFile: '/keys/%h' },
    { identityFile: '/keys/a b' },
    { knownHostsFile: '~/known' },
    { port: 0 },
    { options: ['-v'] },
  ])('is not %j', (change) => {
    expect(tunnelSchema.safeParse({ ...TUNNEL, ...change }).success).toBe(false);
  });

  it.each([{ host: '192.0.2.1' }, { host: 'fd00::1' }, { host: 'a' }, { identityFile: '/run/secrets/id_ed25519' }])(
    'may be %j',
    (change) => {
      expect(tunnelSchema.safeParse({ ...TUNNEL, ...change }).success).toBe(true);
    },
  );

  it('checks the key of its host, asks nobody, and reads no settings', () => {
    const given = masterArguments(
      { ...TUNNEL, port: 2222, knownHostsFile: '/k', identityFile: '/i' },
      '192.0.2.1',
      '/c',
    );
    expect(given.slice(0, 4)).toEqual(['-F', 'none', '-N', '-T']);
    expect(given.slice(-6)).toEqual(['-p', '2222', '-l', 'ringside', '--', 'bastion.example.com']);
    for (const option of [
      'BatchMode=yes',
      'StrictHostKeyChecking=yes',
      'HostName=192.0.2.1',
      'HostKeyAlias=[bastion.example.com]:2222',
      'UserKnownHostsFile=/k',
      'GlobalKnownHostsFile=/dev/null',
      'IdentityFile=/i',
      'ForwardAgent=no',
    ]) {
      expect(given[given.indexOf(option) - 1]).toBe('-o');
    }
    expect(masterArguments(TUNNEL, '192.0.2.1', '/c')).toContain('HostKeyAlias=bastion.example.com');
    expect(forwardArguments(TUNNEL, '/c', { socket: '/s', node: '10.0.0.1:9042' }).slice(-5)).toEqual([
      ...['forward', '-L', '/s:10.0.0.1:9042', '--', 'bastion.example.com'],
    ]);
  });

  it.each([
    [
      'No ED25519 host key is known for [a]:1 and you have requested strict checking.\nHost key verification failed.',
      'not known',
    ],
    ['@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.', 'another key'],
    ['ringside@bastion: Permission denied (publickey).', 'refused ringside'],
    ['ssh: connect to host 192.0.2.1 port 22: Connection refused', 'cannot be reached'],
    ['spawn ssh ENOENT', 'no ssh on this machine'],
    ['', 'cannot be reached'],
  ])('says what %j means', (said, why) => {
    expect(sshFailure(TUNNEL, said).error.message).toContain(why);
  });
});
