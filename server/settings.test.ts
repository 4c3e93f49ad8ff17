import { describe, expect, it } from 'vitest';
import { refuseBind } from './bind.mjs';
import { isTrustedProxy, readSettings, SettingsError } from './settings.mjs';

describe('the settings', () => {
  it('are all optional', () => {
    expect(readSettings({ HOST: '', PORT: '' })).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      allowedHosts: [],
      publishedBy: null,
    });
  });

  it('accept hosts in any case and with spaces', () => {
    expect(readSettings({ RINGSIDE_ALLOWED_HOSTS: ' Ringside.example , box,, ' }).allowedHosts).toEqual([
      ...['ringside.example', 'box'],
    ]);
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', 'http'],
    ['RINGSIDE_PUBLISHED_BY', 'me'],
    ['RINGSIDE_TRUSTED_PROXIES', 'proxy.example'],
    ['RINGSIDE_TRUSTED_PROXIES', '10.0.0.0/33'],
    ['RINGSIDE_TRUSTED_PROXIES', '10.0.0.0/'],
    ['RINGSIDE_TRUSTED_PROXIES', '10.0.0.0/8/8'],
  ])('name the invalid one: %s=%s', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(SettingsError);
    expect(() => readSettings({ [name]: value })).toThrow(name);
  });
});

describe('a trusted proxy', () => {
  const settings = readSettings({ RINGSIDE_TRUSTED_PROXIES: '10.0.0.0/8, 192.168.1.7, fd00::/8' });

  it.each(['10.1.2.3', '::ffff:10.1.2.3', '192.168.1.7', 'fd12::1'])('is recognised by its address: %s', (peer) => {
    expect(isTrustedProxy(settings, peer)).toBe(true);
  });

  it.each(['11.0.0.1', '192.168.1.8', 'fe80::1', '127.0.0.1', '', undefined])('is no other address: %s', (peer) => {
    expect(isTrustedProxy(settings, peer)).toBe(false);
  });

  it('is nobody by default', () => {
    expect(isTrustedProxy(readSettings({}), '127.0.0.1')).toBe(false);
  });
});

describe('an address to listen on', () => {
  it.each(['127.0.0.1', '127.9.9.9', '::1', 'localhost'])(
    'that only this machine can reach is accepted: %s',
    (address) => {
      expect(refuseBind(address, { publishedBy: null })).toBeNull();
    },
  );

  it.each(['0.0.0.0', '::', '192.168.1.5', '10.0.0.1', '127.evil.example'])('is refused otherwise: %s', (address) => {
    expect(refuseBind(address, { publishedBy: null })?.message).toContain(address);
    expect(refuseBind(address, { publishedBy: 'container' })).toBeNull();
  });
});
