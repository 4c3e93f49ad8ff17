import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refuseBind } from './bind.mjs';
import { clientAddress, isTrustedProxy, readSettings, SettingsError } from './settings.mjs';

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
    ['RINGSIDE_METRICS_PORT', '-1'],
    ['RINGSIDE_METRICS_TOKEN', 'too short'],
    ['RINGSIDE_METRICS_TOKEN', 'with spaces in between'],
    ['RINGSIDE_METRICS_TOKEN_FILE', '/nowhere/token'],
    ['RINGSIDE_LOG', 'xml'],
    ['RINGSIDE_STOP_SECONDS', '0'],
    ['RINGSIDE_STOP_SECONDS', '601'],
  ])('name the invalid one: %s=%s', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(SettingsError);
    expect(() => readSettings({ [name]: value })).toThrow(name);
  });
});

describe('the token of the metrics', () => {
  it('is off by default, and comes from a file before a variable', () => {
    expect(readSettings({})).toMatchObject({ metricsToken: null, metricsPort: null, log: 'text', stopMs: 4_000 });
    const folder = mkdtempSync(join(tmpdir(), 'ringside-token-'));
    const [file, given] = [join(folder, 'token'), 'a-token-of-a-scraper'];
    writeFileSync(file, `${given}\n`);
    const env = { RINGSIDE_METRICS_TOKEN_FILE: file, RINGSIDE_METRICS_TOKEN: 'another-token-of-it' };
    expect(readSettings(env).metricsToken).toBe(given);
    rmSync(folder, { recursive: true });
    expect(readSettings({ RINGSIDE_METRICS_TOKEN: 'another-token-of-it' }).metricsToken).toBe('another-token-of-it');
  });

  it('is not quoted when it is refused', () => {
    expect(() => readSettings({ RINGSIDE_METRICS_TOKEN: 'hunter2' })).toThrow(/^(?!.*hunter2)/);
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

const NOBODY = { origin: null, needsProxy: false };
const LOCAL = { origin: 'https://ringside.example', needsProxy: false };
const PROXY = { ...LOCAL, needsProxy: true };
const ALONE = { publishedBy: null, hasProxies: false, hasTls: false };
const BEHIND = { ...ALONE, hasProxies: true };
const SECURE = { ...ALONE, hasTls: true };
const CONTAINER = { ...ALONE, publishedBy: 'container' as const };

describe('an address to listen on', () => {
  it.each(['127.0.0.1', '127.9.9.9', '::1', 'localhost'])(
    'that only this machine can reach is accepted: %s',
    (address) => {
      for (const signIn of [NOBODY, LOCAL]) expect(refuseBind(address, ALONE, signIn)).toBeNull();
    },
  );

  it.each(['0.0.0.0', '::', '192.168.1.5', '10.0.0.1', '127.evil.example'])(
    'that others can reach needs a sign-in, and TLS of its own or in front: %s',
    (address) => {
      for (const settings of [ALONE, BEHIND]) expect(refuseBind(address, settings, NOBODY)?.message).toContain(address);
      expect(refuseBind(address, ALONE, LOCAL)?.message).toContain('plain HTTP');
      for (const signIn of [LOCAL, PROXY]) expect(refuseBind(address, BEHIND, signIn)).toBeNull();
      expect(refuseBind(address, SECURE, NOBODY)?.message).toContain('no sign-in');
      expect(refuseBind(address, SECURE, LOCAL)).toBeNull();
      for (const signIn of [NOBODY, LOCAL]) expect(refuseBind(address, CONTAINER, signIn)).toBeNull();
    },
  );

  it('is refused where a proxy says who people are and none is trusted', () => {
    for (const settings of [ALONE, CONTAINER]) {
      expect(refuseBind('127.0.0.1', settings, PROXY)?.message).toContain('RINGSIDE_TRUSTED_PROXIES');
    }
  });
});

describe('where a request comes from', () => {
  const settings = readSettings({ RINGSIDE_TRUSTED_PROXIES: '10.0.0.0/8' });

  it.each([
    ['203.0.113.9', undefined, '203.0.113.9'],
    ['::ffff:203.0.113.9', undefined, '203.0.113.9'],
    ['10.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['10.0.0.1', '203.0.113.9, 10.0.0.2', '203.0.113.9'],
    // What the client itself sends stands first.
    ['10.0.0.1', '198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['10.0.0.1', 'nonsense', '10.0.0.1'],
    ['10.0.0.1', undefined, '10.0.0.1'],
  ])('at %s with %s is %s', (peer, forwarded, address) => {
    expect(clientAddress(settings, peer, forwarded)).toBe(address);
  });
});
