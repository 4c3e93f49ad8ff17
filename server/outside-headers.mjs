/**
 * Headers in which a proxy says who and where a client is. From anyone else they are mere claims, and neither Ringside nor
 * the framework may act on them.
 */
const OF_PROXIES = new RegExp(
  `^(${[
    'forwarded',
    'via',
    'x-forwarded(-.*)?',
    'x-original-.*',
    'x-rewrite-url',
    'x-(real|client|cluster-client)-(ip|addr|address)',
    '(true-client|cf-connecting|fastly-client)-ip',
    '(x-)?remote-.*',
    'x-(auth|authenticated|authentik|authelia|webauth|user|username|groups?|email)(-.*)?',
    'x-(ms-client|amzn-oidc|goog-authenticated|goog-iap|pomerium|tailscale)-.*',
    'tailscale-.*',
    '(x-)?(ssl|tls)-.*',
    '(x-)?client-cert(-.*)?',
  ].join('|')})$`,
);

/**
 * What this server itself says of a request, the framework's internal headers, method overrides, and `Range`, which nothing here needs and on which the framework's
 * file server fails (500 for an invalid range): RFC 9110, 14.2 lets a server ignore it.
 */
const NEVER =
  /^(x-ringside-(person|address)|x-middleware-.*|x-invoke-.*|x-matched-path|x-now-.*|x-nextjs-data|x-prerender-.*|x-next-.*|next-resume|x-http-method(-override)?|x-method-override|range)$/;

/**
 * Removes the headers that a request's sender may not set.
 * @param {Pick<import('node:http').IncomingMessage, 'headers' | 'rawHeaders'>} request changed in place
 * @param {boolean} isFromProxy whether the peer is a trusted proxy
 */
export function dropOutsideHeaders(request, isFromProxy) {
  /** @param {string} name */
  const isDropped = (name) => NEVER.test(name) || (!isFromProxy && OF_PROXIES.test(name));
  for (const name of Object.keys(request.headers)) if (isDropped(name)) delete request.headers[name];
  const raw = request.rawHeaders;
  request.rawHeaders = raw.filter((_, at) => !isDropped((raw[at - (at % 2)] ?? '').toLowerCase()));
}
