import type { z } from 'zod';
import type { ConnectTestRequest, cqlshrcResponseSchema } from '@/lib/contract/connect';

/** As many as the connection test accepts. */
const MOST_CONTACT_POINTS = 16;

type Sections = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Reads the connection settings of a cqlshrc. The format is Python's configparser: `[section]`, `key = value` or
 * `key: value`, and comments after `#` or `;` at the start of a line.
 * @see https://cassandra.apache.org/doc/latest/cassandra/managing/tools/cqlsh.html
 */
export function readCqlshrc(text: string): z.infer<typeof cqlshrcResponseSchema> {
  const { connection = {}, authentication = {}, auth_provider: provider = {}, ssl = {} } = parse(text);
  const notes: string[] = [];
  const port = Number(connection.port ?? 9042);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    notes.push(`[connection] port: “${connection.port}” is not a port number; 9042 is used.`);
  const username = authentication.username ?? provider.username;
  const password = authentication.password ?? provider.password;
  const usesTls = isTrue(connection.ssl) || connection.factory !== undefined || Object.keys(ssl).length > 0;
  for (const key of ['certfile', 'usercert', 'userkey']) {
    if (ssl[key] !== undefined)
      notes.push(`[ssl] ${key}: ${ssl[key]} is a path on your machine. Paste the file’s text.`);
  }
  if (authentication.keyspace !== undefined) notes.push('[authentication] keyspace: choose it on the Query page.');
  if (provider.module !== undefined && provider.classname !== 'PlainTextAuthProvider') {
    notes.push(
      `[auth_provider] ${provider.module}.${provider.classname} is not supported; only user name and password are.`,
    );
  }
  const request: ConnectTestRequest = {
    contactPoints: hostsOf(connection.hostname),
    port: notes.some((note) => note.startsWith('[connection] port')) ? 9042 : port,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    tls: usesTls ? { verify: ssl.validate === undefined || isTrue(ssl.validate) } : null,
  };
  return { connection: { ...request, port: request.port ?? 9042, tls: tlsOf(request.tls) }, notes };
}

function hostsOf(hostname = ''): string[] {
  const hosts = hostname.split(',').flatMap((host) => host.trim() || []);
  return hosts.length === 0 ? ['127.0.0.1'] : hosts.slice(0, MOST_CONTACT_POINTS);
}

function tlsOf(tls: ConnectTestRequest['tls']): { verify: boolean } | null {
  return tls ? { verify: tls.verify ?? true } : null;
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && ['1', 'yes', 'true', 'on'].includes(value.toLowerCase());
}

function parse(text: string): Sections {
  // Without prototypes, so that a section named __proto__ is an ordinary section.
  const empty = (): Record<string, string> => Object.create(null);
  const sections: Record<string, Record<string, string>> = Object.create(null);
  let current = empty();
  for (const line of text.split(/\r?\n/)) {
    const section = /^\[([^\]]+)\]/.exec(line)?.[1];
    if (section !== undefined) {
      current = sections[section.toLowerCase()] ??= empty();
      continue;
    }
    const separator = line.search(/[=:]/);
    const key = line.slice(0, Math.max(0, separator)).trim();
    if (key === '' || key.startsWith('#') || key.startsWith(';')) continue;
    current[key.toLowerCase()] = line.slice(separator + 1).trim();
  }
  return sections;
}
