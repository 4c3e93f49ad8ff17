import { describe, expect, it } from 'vitest';
import { cqlshrcResponseSchema } from '@/lib/contract/connect';
import { readCqlshrc } from './cqlshrc';

const read = (text: string) => cqlshrcResponseSchema.parse(readCqlshrc(text));

describe('a cqlshrc', () => {
  it('gives host, port, login and TLS', () => {
    const text = `; Cassandra 5
[authentication]
username = reader
password: p=a:ss;word # not a comment
keyspace = flights

[connection]
# the office
hostname = 10.1.2.3
PORT = 9142
ssl = true

[ssl]
certfile = ~/keys/ca.pem
validate = false
`;
    expect(read(text)).toEqual({
      connection: {
        contactPoints: ['10.1.2.3'],
        port: 9142,
        username: 'reader',
        password: 'p=a:ss;word # not a comment',
        tls: { verify: false },
      },
      notes: [
        '[ssl] certfile: ~/keys/ca.pem is a path on your machine. Paste the file’s text.',
        '[authentication] keyspace: choose it on the Query page.',
      ],
    });
  });

  it('uses the login of a PlainTextAuthProvider and reports any other', () => {
    const text = (name: string) =>
      `[auth_provider]\r\nmodule = cassandra.auth\r\nclassname = ${name}\r\nusername = u\r\npassword = p\r\n`;
    expect(read(text('PlainTextAuthProvider'))).toMatchObject({
      connection: { username: 'u', password: 'p' },
      notes: [],
    });
    expect(read(text('SaslAuthProvider')).notes).toEqual([
      '[auth_provider] cassandra.auth.SaslAuthProvider is not supported; only user name and password are.',
    ]);
  });

  it.each(['', 'nonsense', '[connection', '[connection]\nhostname =', '[connection]\nhostname = , ,'])(
    'without a host means localhost: %j',
    (text) => {
      expect(read(text).connection).toMatchObject({ contactPoints: ['127.0.0.1'], port: 9042, tls: null });
    },
  );

  it.each(['0', '99999', 'x', '', '9042.5'])('with the invalid port %j says so and uses 9042', (port) => {
    const { connection, notes } = read(`[connection]\nport = ${port}`);
    expect(connection.port).toBe(9042);
    expect(notes).toEqual([`[connection] port: “${port}” is not a port number; 9042 is used.`]);
  });

  it.each([
    ['[connection]\nssl = true', { verify: true }],
    ['[connection]\nssl = off', null],
    ['[connection]\nfactory = cqlshlib.ssl.ssl_transport_factory', { verify: true }],
    ['[ssl]\nvalidate = true', { verify: true }],
    ['[ssl]\nvalidate = no', { verify: false }],
  ])('%j has TLS %j', (text, tls) => {
    expect(read(text).connection.tls).toEqual(tls);
  });

  it('cannot access prototypes', () => {
    read('[__proto__]\npolluted = yes\n[constructor]\nx = 1\n[connection]\n__proto__ = y');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(read('[connection]\nssl = 0').connection.tls).toBeNull();
  });

  it('is parsed in one pass per line, whatever it contains', () => {
    // Hangs if a pattern backtracks over the spaces.
    const spaces = ' '.repeat(2_000_000);
    expect(read(`[connection]\nport${spaces}x\nhostname = a${spaces}b${spaces}`).connection.contactPoints).toEqual([
      `a${spaces}b`,
    ]);
  });

  it.each(['# port = 1', '; port = 1', '  # port: 1', '= 1', ': 1', 'port', ' = '])('ignores %j', (line) => {
    expect(read(`[connection]\n${line}`).connection.port).toBe(9042);
  });

  it.each(['port=1', 'PORT : 1', ' port = 1 ', 'port:1\r', 'port\t=\t1'])('reads %j', (line) => {
    expect(read(`[connection]\n${line}`).connection.port).toBe(1);
  });
});
