import 'server-only';
import type { Configuration, TokenEndpointResponse, TokenEndpointResponseHelpers } from 'openid-client';
import { resolveSecret } from '@/lib/config';
import type { OidcConfig } from '@/lib/contract/sign-in';
import { Failure } from '@/lib/failure';
import { type Person, personSchema } from './person';

/** How long the provider may take for one answer. */
const TIMEOUT_S = 10;
const MOST_GROUPS = 1_000;

type Library = typeof import('openid-client');

/** What must come back from the provider, and what the browser must not be able to choose. */
export interface PendingSignIn {
  readonly provider: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** The page to go to then. */
  readonly to: string;
}

/** What a provider has said of a person. */
export interface Granted {
  readonly person: Person;
  /** Absent where the provider gives none: then the session ends when it would be asked again. */
  readonly refreshToken: string | undefined;
  /** Ends the session at the provider as well. */
  readonly idToken: string | undefined;
}

/**
 * One identity provider (OpenID Connect Core 1.0, code flow with PKCE). The library is loaded, and the provider's
 * configuration read, when the first person signs in.
 */
export class OidcProvider {
  readonly config: OidcConfig;
  readonly #callback: string;
  #found: Promise<{ readonly library: Library; readonly configuration: Configuration }> | null = null;

  /** @param origin the address that people open */
  constructor(config: OidcConfig, origin: string) {
    this.config = config;
    this.#callback = `${origin}/api/sign-in/oidc/${config.name}/callback`;
  }

  /** Where to send the browser, and what its answer must match. @throws Failure `server_error` when the provider is away */
  async begin(to: string): Promise<{ readonly url: URL; readonly pending: PendingSignIn }> {
    const { library, configuration } = await this.#configuration();
    const verifier = library.randomPKCECodeVerifier();
    const pending = {
      provider: this.config.name,
      state: library.randomState(),
      nonce: library.randomNonce(),
      verifier,
      to,
    };
    const url = library.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#callback,
      scope: this.config.scope,
      code_challenge: await library.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: pending.state,
      nonce: pending.nonce,
    });
    return { url, pending };
  }

  /**
   * Exchanges the code for what the provider says of the person; state, nonce, issuer and signature must be right.
   * @param search the query string with which the browser came back
   * @throws Failure `sign_in_refused`, `server_error`
   */
  async finish(search: string, { state, nonce, verifier }: PendingSignIn): Promise<Granted> {
    const { library, configuration } = await this.#configuration();
    try {
      const tokens = await library.authorizationCodeGrant(configuration, new URL(`${this.#callback}${search}`), {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      return await this.#granted(tokens, tokens.refresh_token);
    } catch (cause) {
      throw cause instanceof Failure ? cause : refused(this.config.label, cause);
    }
  }

  /**
   * Asks the provider once more who this is. @throws Failure `sign_in_refused` when it is nobody any more, `server_error`
   * when it does not answer
   */
  async again(refreshToken: string): Promise<Granted> {
    const { library, configuration } = await this.#configuration();
    try {
      const tokens = await library.refreshTokenGrant(configuration, refreshToken);
      return await this.#granted(tokens, tokens.refresh_token ?? refreshToken);
    } catch (cause) {
      if (cause instanceof Failure) throw cause;
      throw cause instanceof library.ResponseBodyError
        ? refused(this.config.label, cause)
        : away(this.config.label, cause);
    }
  }

  /** Where the browser goes to sign out at the provider too; null where it has no such page. */
  async endAddress(idToken: string | undefined, after: string): Promise<string | null> {
    const { library, configuration } = await this.#configuration();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
    const hint = idToken === undefined ? {} : { id_token_hint: idToken };
    return library.buildEndSessionUrl(configuration, { post_logout_redirect_uri: after, ...hint }).href;
  }

  async #granted(
    tokens: TokenEndpointResponse & TokenEndpointResponseHelpers,
    refreshToken: string | undefined,
  ): Promise<Granted> {
    const claims = tokens.claims();
    if (claims === undefined) throw refused(this.config.label, new Error('The provider sent no id token.'));
    const { nameClaim, groupsClaim, name: provider } = this.config;
    const info = await this.#info(tokens.access_token, claims.sub);
    const all = { ...info, ...claims };
    const name = [all[nameClaim], all.email, all.name, claims.sub].find((value) => typeof value === 'string');
    const person = { name, way: 'oidc', groups: textsOf(all[groupsClaim]), provider, subject: claims.sub };
    const parsed = personSchema.safeParse(person);
    if (!parsed.success) throw refused(this.config.label, parsed.error);
    return { person: parsed.data, refreshToken, idToken: tokens.id_token };
  }

  /** Groups are in the id token at some providers, and at their address for that at others. */
  async #info(accessToken: string, subject: string): Promise<Readonly<Record<string, unknown>>> {
    const { library, configuration } = await this.#configuration();
    if (configuration.serverMetadata().userinfo_endpoint === undefined) return {};
    return library.fetchUserInfo(configuration, accessToken, subject);
  }

  #configuration() {
    this.#found ??= this.#find().catch((cause: unknown) => {
      // Asked again by the next one who signs in.
      this.#found = null;
      throw away(this.config.label, cause);
    });
    return this.#found;
  }

  async #find() {
    const { issuer, clientId, clientSecret, name } = this.config;
    const library = await import('openid-client');
    const secret = resolveSecret(`signIn.oidc.${name}.clientSecret`, clientSecret);
    // Plain HTTP is only for this machine: the configuration's schema takes no other.
    const execute = issuer.startsWith('http:') ? [library.allowInsecureRequests] : [];
    const authentication = secret === undefined ? library.None() : library.ClientSecretBasic(secret);
    const options = { execute, timeout: TIMEOUT_S };
    const configuration = await library.discovery(new URL(issuer), clientId, {}, authentication, options);
    return { library, configuration };
  }
}

function textsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((one) => typeof one === 'string' && one !== '').slice(0, MOST_GROUPS);
}

function refused(label: string, cause: unknown): Failure {
  return new Failure(
    {
      code: 'sign_in_refused',
      message: `${label} did not say who you are.`,
      hint: 'Try again. If it stays so, ask whoever runs Ringside.',
      detail: cause instanceof Error ? cause.message : String(cause),
      retryable: false,
    },
    { cause },
  );
}

function away(label: string, cause: unknown): Failure {
  return new Failure(
    {
      code: 'server_error',
      message: `${label} does not answer.`,
      hint: 'Try again. Whoever runs Ringside finds its address at signIn.oidc in the configuration.',
      detail: cause instanceof Error ? cause.message : String(cause),
      retryable: true,
    },
    { cause },
  );
}
