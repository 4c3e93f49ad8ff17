/**
 * A real identity provider for tests, as a program: `node test-provider.mjs REDIRECT_URI SIGN_IN_PAGE` prints its issuer. Its page for
 * signing in takes any name; the groups of a person are what `GET /groups/NAME?groups=a,b` has set last.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [, , redirectUri = '', signInPage = ''] = process.argv;
/** @type {Map<string, string[]>} */
const groups = new Map();

const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
const issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'ringside',
      client_secret: 'a secret of the tests',
      redirect_uris: [redirectUri],
      post_logout_redirect_uris: [signInPage],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  ],
  claims: { openid: ['sub'], profile: ['preferred_username'], groups: ['groups'] },
  scopes: ['openid', 'profile', 'groups', 'offline_access'],
  pkce: { required: () => true },
  issueRefreshToken: async () => true,
  // Of tests that move their clock by hours.
  ttl: { IdToken: 7 * 86_400 },
  findAccount: (_context, id) =>
    groups.get(id)?.includes('gone')
      ? undefined
      : {
          accountId: id,
          claims: () => ({ sub: id, preferred_username: id.replace(/^id-of-/, ''), groups: groups.get(id) ?? [] }),
        },
});
const callback = provider.callback();
server.on('request', (request, response) => {
  const url = new URL(request.url ?? '/', issuer);
  if (!url.pathname.startsWith('/groups/')) return callback(request, response);
  groups.set(`id-of-${url.pathname.slice('/groups/'.length)}`, (url.searchParams.get('groups') ?? '').split(','));
  response.end();
});
console.log(issuer);
