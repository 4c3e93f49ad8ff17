import { isIP } from 'node:net';

/**
 * @param {string} host a name or an address
 * @returns {boolean} whether only this machine can reach it
 */
export function isLoopback(host) {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/**
 * Whether the server may listen there. Without a sign-in, anyone who reaches the port can read the clusters, so only this
 * machine may reach it, unless whoever runs the container decides where its port is published. With one, passwords and
 * cookies must not cross a network in the clear.
 * @param {string} address
 * @param {{ publishedBy: 'container' | null, hasProxies: boolean, hasTls: boolean }} settings
 * @param {SignInFacts} signIn
 * @returns {{ message: string, hint: string } | null} null if it may
 *
 * @typedef {object} SignInFacts
 * @property {string | null} origin the address that people open; null: there is no sign-in
 * @property {boolean} needsProxy whether a proxy says who people are
 */
export function refuseBind(address, { publishedBy, hasProxies, hasTls }, { origin, needsProxy }) {
  if (origin !== null && needsProxy && !hasProxies) return NO_PROXY;
  if (isLoopback(address)) return null;
  if (origin === null) return publishedBy === 'container' ? null : withoutSignIn(address);
  return hasTls || hasProxies || publishedBy === 'container' ? null : inTheClear(address);
}

/** @type {SignInFacts} */
export const NO_SIGN_IN = { origin: null, needsProxy: false };

/** @param {string} address */
function withoutSignIn(address) {
  return {
    message: `HOST is ${address}, where other machines could reach Ringside, and it has no sign-in.`,
    hint: 'Unset HOST, or set signIn in the configuration: docs/sign-in.md. From another machine, use a tunnel: ssh -L 3000:127.0.0.1:3000 THIS-MACHINE',
  };
}

/** @param {string} address */
function inTheClear(address) {
  return {
    message: `HOST is ${address}, and Ringside has no TLS, nor a proxy with TLS in front of it: browsers do not send its cookies over plain HTTP, and passwords could be read on the way.`,
    hint: 'Set tls in the configuration, or put a proxy with TLS in front and name its address in RINGSIDE_TRUSTED_PROXIES.',
  };
}

const NO_PROXY = {
  message: 'signIn.header is set, and RINGSIDE_TRUSTED_PROXIES is not: nobody may say who people are.',
  hint: 'Name the address of the proxy that signs people in.',
};
