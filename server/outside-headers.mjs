/**
 * Headers by which a proxy tells who and where a client is. From anybody else they are claims, and nothing of Ringside
 * or the framework may act on them.
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
 * What the framework says to itself, what changes the meaning of a method, and `Range`, which nothing here needs and over
 * which the framework's server of files fails (500 for a range that is none): RFC 9110, 14.2 lets a server ignore it.
 */
const NEVER =
  /^(x-middleware-.*|x-invoke-.*|x-matched-path|x-now-.*|x-nextjs-data|x-prerender-.*|x-next-.*|next-resume|x-http-method(-override)?|x-method-override|range)$/;

/**
 * Takes out of a request what its sender has no business to say.
 * @param {Pick<import('node:http').IncomingMessage, 'headers' | 'rawHeaders'>} request changed in place
 * @param {boolean} isFromProxy whether the other end of its connection is a stated proxy
 */
export function dropOutsideHeaders(request, isFromProxy) {
  /** @param {string} name */
  const isDropped = (name) => NEVER.test(name) || (!isFromProxy && OF_PROXIES.test(name));
  for (const name of Object.keys(request.headers)) if (isDropped(name)) delete request.headers[name];
  const raw = request.rawHeaders;
  request.rawHeaders = raw.filter((_, at) => !isDropped((raw[at - (at % 2)] ?? '').toLowerCase()));
}
