import { describe, expect, it } from 'vitest';
import { refusalsOf } from './networks';

const said = (address: string, networks?: Parameters<typeof refusalsOf>[1]) =>
  refusalsOf('the cluster “a”', networks)(address)?.message ?? 'may connect';

describe('an address', () => {
  it.each([
    '169.254.169.254',
    '169.254.0.1',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    'fe80::1',
    'fe80::1%eth0',
    'FE80::1',
    'fd00:ec2::254',
    '64:ff9b::169.254.169.254',
  ])('%s is never connected to, even where everything is allowed', (address) => {
    const everything = { allow: ['0.0.0.0/0', '::/0'], deny: [] };
    expect(said(address)).toMatch(/is a link-local or metadata address/);
    expect(said(address, everything)).toMatch(/is a link-local or metadata address/);
  });

  it.each(['10.0.0.1', '127.0.0.1', '169.253.255.255', '169.255.0.0', '::1', 'fd00::1', 'fec0::1'])(
    '%s may be connected to where nothing is configured',
    (address) => expect(said(address)).toBe('may connect'),
  );

  it.each<[string, { allow?: string[]; deny: string[] }, string]>([
    ['10.0.0.1', { deny: ['10.0.0.0/8'] }, 'networks.deny refuses'],
    ['::ffff:10.0.0.1', { deny: ['10.0.0.0/8'] }, 'networks.deny refuses'],
    ['11.0.0.1', { deny: ['10.0.0.0/8'] }, 'may connect'],
    ['10.0.0.1', { deny: ['10.0.0.1'] }, 'networks.deny refuses'],
    ['10.0.0.2', { deny: ['10.0.0.1'] }, 'may connect'],
    ['10.0.0.1', { allow: ['10.0.0.0/8'], deny: [] }, 'may connect'],
    ['::ffff:10.0.0.1', { allow: ['10.0.0.0/8'], deny: [] }, 'may connect'],
    ['192.168.0.1', { allow: ['10.0.0.0/8'], deny: [] }, 'networks.allow does not contain'],
    ['10.0.0.1', { allow: ['10.0.0.0/8'], deny: ['10.0.0.0/24'] }, 'networks.deny refuses'],
    ['10.0.0.1', { allow: [], deny: [] }, 'networks.allow does not contain'],
    ['fd00::1', { deny: ['fd00::/8'] }, 'networks.deny refuses'],
    ['fd00::1', { allow: ['10.0.0.0/8'], deny: [] }, 'networks.allow does not contain'],
    // “Any address” is this machine.
    ['0.0.0.0', { deny: ['127.0.0.0/8'] }, 'networks.deny refuses'],
    ['::', { deny: ['::1'] }, 'networks.deny refuses'],
  ])('%s with %j: %s', (address, networks, expected) => {
    expect(said(address, networks)).toContain(expected);
  });

  it('is refused by an error that names the cluster and says what to change', () => {
    const failure = refusalsOf('the cluster “production”', { deny: ['10.0.0.0/8'] })('10.0.0.1');
    expect(failure?.error).toMatchObject({ code: 'address_refused', retryable: false });
    expect(failure?.message).toContain('the cluster “production”');
    expect(failure?.error.hint).toContain('networks in its configuration');
  });
});
