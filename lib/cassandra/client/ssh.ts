import 'server-only';
import type { TunnelConfig } from '@/lib/contract/tunnel';
import { Failure } from '../../failure';

/** The arguments of the system's `ssh`, and what it says when it fails. Pure. */

const CONNECT_SECONDS = 10;
const ALIVE_SECONDS = 15;
const MOST_CHARACTERS = 1_000;

/**
 * An ssh that holds the connection and waits for forwards.
 * @param address of the host, which was checked: ssh must not look for another one
 * @param control its control socket, which takes forwards
 */
export function masterArguments(
  { host, user, port, identityFile, knownHostsFile }: TunnelConfig,
  address: string,
  control: string,
): string[] {
  const options = {
    BatchMode: 'yes',
    StrictHostKeyChecking: 'yes',
    UpdateHostKeys: 'no',
    HostName: address,
    // Its key is looked up under the name that is configured, as if that had been connected to.
    HostKeyAlias: port === 22 ? host : `[${host}]:${port}`,
    ...(knownHostsFile === undefined ? {} : { UserKnownHostsFile: knownHostsFile, GlobalKnownHostsFile: '/dev/null' }),
    ...(identityFile === undefined ? {} : { IdentityFile: identityFile, IdentitiesOnly: 'yes' }),
    ControlMaster: 'yes',
    ControlPath: control,
    ControlPersist: 'no',
    StreamLocalBindMask: '0177',
    StreamLocalBindUnlink: 'yes',
    ForwardAgent: 'no',
    ForwardX11: 'no',
    PermitLocalCommand: 'no',
    ConnectTimeout: String(CONNECT_SECONDS),
    ServerAliveInterval: String(ALIVE_SECONDS),
    ServerAliveCountMax: '3',
    LogLevel: 'ERROR',
  };
  // No file of settings: they could run commands and turn checks off.
  return ['-F', 'none', '-N', '-T', ...asOptions(options), '-p', String(port), '-l', user, '--', host];
}

/** Tells that ssh to forward a socket of this machine to a node. */
export function forwardArguments(
  { host }: TunnelConfig,
  control: string,
  { socket, node }: { readonly socket: string; readonly node: string },
): string[] {
  const options = asOptions({ BatchMode: 'yes', ControlPath: control });
  return ['-F', 'none', ...options, '-O', 'forward', '-L', `${socket}:${node}`, '--', host];
}

function asOptions(options: Readonly<Record<string, string>>): string[] {
  return Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/** @param said what ssh wrote to standard error */
export function sshFailure({ host, user, port }: TunnelConfig, said: string): Failure {
  const [message, hint] = meaningOf(said, `${host}:${port}`, user);
  const detail = said.trim().slice(-MOST_CHARACTERS);
  return new Failure({ code: 'cluster_unreachable', message, hint, detail, retryable: true });
}

function meaningOf(said: string, host: string, user: string): [message: string, hint: string] {
  if (said.includes('spawn ssh ENOENT')) {
    return [
      'There is no ssh on this machine, so there is no tunnel.',
      'Install an OpenSSH client where Ringside runs.',
    ];
  }
  if (/IDENTIFICATION HAS CHANGED/.test(said)) {
    return [
      `The SSH host ${host} has another key than the one that is known, so nothing was sent to it.`,
      'Find out why before you replace the key in the file of known hosts: somebody may answer in its place.',
    ];
  }
  if (/host key is known|Host key verification failed/i.test(said)) {
    return [
      `The key of the SSH host ${host} is not known, so nothing was sent to it.`,
      'Add its key, checked, to the file of known hosts: tunnel.knownHostsFile, or that of the user who runs Ringside.',
    ];
  }
  if (/Permission denied|Too many authentication failures/.test(said)) {
    return [
      `The SSH host ${host} refused ${user}.`,
      'Check the user and tunnel.identityFile. The key needs no passphrase, or an agent, and is readable by Ringside’s user alone.',
    ];
  }
  return [
    `The SSH host ${host} cannot be reached.`,
    'Check host and port of the tunnel, and that this machine may connect there.',
  ];
}
