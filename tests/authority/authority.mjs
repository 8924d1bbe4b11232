// An authority for tests: oidc-provider, a certified OpenID provider, made to enforce what Entra enforces for single-page
// applications. It listens on loopback, prints its origin, and ends with its stdin. `POST /control` changes it while it runs.
import http from 'node:http';
import { Provider, interactionPolicy } from 'oidc-provider';

const TENANT = '5e170000-0000-4000-8000-000000000001';
const CLIENT = '5e170000-0000-4000-8000-000000000002';
const PERSON = '5e170000-0000-4000-8000-000000000003';
const SCOPE = 'https://api.partnercenter.microsoft.com/user_impersonation';
const API = 'https://api.partnercenter.microsoft.com';
const DAY = 24 * 60 * 60;

// What a test may change.
const control = {
  redirects: [],
  // `spa`, as it has to be, or `web`.
  type: 'spa',
  // Seconds that an access token holds.
  life: 3600,
  // Whether a sign-in has a second factor: `never`, `stepup` (with prompt=login only), `always`.
  factor: 'always',
  // What the next sign-ins answer instead: { error, error_description }.
  refuse: null,
  // What the next answers of the token endpoint are: { status, body }.
  token: null,
  // Members of the id token to be others.
  claims: {},
  // Seconds that are added to what the provider takes for now, when it judges the age of a refresh token.
  older: 0,
  // Milliseconds that the token endpoint waits.
  wait: 0,
  // Whether a sign-in waits for a press on its button.
  asks: false,
  name: 'Luz Prado',
};
const seen = { authorize: 0, exchange: 0, renew: 0, logout: 0, prompts: [], challenges: [] };

const server = http.createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const at = (name) => `/${TENANT}/oauth2/v2.0/${name}`;

let rotated = 0;
// The first moment of each session: refresh tokens that come of it end a day later, rotated or not.
const began = new Map();

const policy = interactionPolicy.base();
const provider = new Provider(`${origin}/${TENANT}/v2.0`, {
  clients: [{
    client_id: CLIENT, token_endpoint_auth_method: 'none', application_type: 'web',
    grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'],
    redirect_uris: ['http://127.0.0.1/auth/callback.html'], post_logout_redirect_uris: ['http://127.0.0.1/'],
  }],
  routes: { authorization: at('authorize'), token: at('token'), end_session: at('logout'), jwks: `/${TENANT}/discovery/v2.0/keys` },
  responseModes: {},
  scopes: ['openid', 'profile', 'offline_access'],
  claims: { openid: ['sub', 'oid', 'tid', 'wids'], profile: ['name', 'preferred_username'] },
  conformIdTokenClaims: false,
  // Entra gives a single-page application a refresh token without asking for consent once more.
  issueRefreshToken: async (ctx, client, code) => code.scopes.has('offline_access') || true,
  // The old one stays good.
  rotateRefreshToken: false,
  pkce: { required: () => true },
  ttl: {
    AccessToken: () => control.life, IdToken: 3600, AuthorizationCode: 600, RefreshToken: DAY, Session: DAY, Grant: DAY, Interaction: 600,
  },
  clientBasedCORS: () => control.type === 'spa',
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: async (ctx, form) => { ctx.body = `<!doctype html><title>Sign out</title>${form}<button form="op.logoutForm" name="logout" value="yes">Yes</button><script>document.forms[0].submit()</script>`; },
    },
    resourceIndicators: {
      enabled: true, defaultResource: () => API, useGrantedResource: () => true,
      getResourceServerInfo: () => ({ scope: SCOPE, audience: API, accessTokenFormat: 'jwt', accessTokenTTL: control.life }),
    },
  },
  extraTokenClaims: async (ctx, token) => {
    const factor = began.get(token.accountId)?.factor;
    return { tid: TENANT, oid: PERSON, amr: factor ? ['pwd', 'mfa'] : ['pwd'] };
  },
  findAccount: async (ctx, id) => ({
    accountId: id,
    claims: async () => ({ sub: id, oid: PERSON, tid: TENANT, name: control.name, preferred_username: 'luz@southgate.example', wids: [], ...control.claims }),
  }),
  interactions: { policy, url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  cookies: { keys: ['of a test'] },
  renderError: async (ctx, out) => { ctx.type = 'text/plain'; ctx.body = `${out.error}: ${out.error_description}`; },
});
// Any port: which one the site has is known later. Entra compares whole addresses.
provider.Client.prototype.redirectUriAllowed = (uri) => control.redirects.includes(uri);
provider.Client.prototype.postLogoutRedirectUriAllowed = () => true;
provider.use(async (ctx, next) => {
  await next();
  // An id token that is another one than it should be is what some tests are about; its signature is not.
  if (ctx.path === at('token') && ctx.body?.id_token) {
    const [head, body, tail] = ctx.body.id_token.split('.');
    const claims = { ...JSON.parse(Buffer.from(body, 'base64url')), ...control.claims };
    // Each answer has a refresh token of its own, and those before stay good.
    rotated += 1;
    ctx.body = { ...ctx.body, refresh_token: `${ctx.body.refresh_token}.${rotated}`, id_token: [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), tail].join('.') };
  }
});

const handle = provider.callback();
const text = async (request) => { let body = ''; for await (const part of request) body += part; return body; };
const refuse = (response, code, words, origin_) => {
  response.writeHead(400, { 'content-type': 'application/json', ...(origin_ ? { 'access-control-allow-origin': origin_ } : {}) });
  response.end(JSON.stringify({ error: 'invalid_request', error_description: `AADSTS${code}: ${words}`, error_codes: [code] }));
};

// Signs the person in and grants everything, with or without a press on a button.
const interact = async (request, response) => {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  if (control.asks && request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/html', 'cross-origin-opener-policy': 'same-origin' });
    response.end('<!doctype html><title>Sign in</title><form method="post"><button>Continue</button></form>');
    return;
  }
  if (control.refuse) {
    await provider.interactionFinished(request, response, control.refuse, { mergeWithLastSubmission: false });
    return;
  }
  if (prompt.name === 'login') {
    const factor = control.factor === 'always' || (control.factor === 'stepup' && params.prompt === 'login');
    began.set(PERSON, { at: Date.now(), factor });
    await provider.interactionFinished(request, response, { login: { accountId: PERSON } }, { mergeWithLastSubmission: false });
    return;
  }
  const grant = grantId ? await provider.Grant.find(grantId) : new provider.Grant({ accountId: session.accountId, clientId: CLIENT });
  grant.addOIDCScope('openid profile offline_access');
  grant.addResourceScope(API, SCOPE);
  await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
};

server.on('request', async (request, response) => {
  try {
    const url = new URL(request.url, origin);
    if (url.pathname === '/control') {
      if (request.method === 'POST') Object.assign(control, JSON.parse(await text(request)));
      response.end(JSON.stringify({ control, seen }));
      return;
    }
    if (url.pathname.startsWith('/interaction/')) return await interact(request, response);
    if (url.pathname === at('authorize')) {
      seen.authorize += 1;
      seen.prompts.push(url.searchParams.get('prompt') || '');
      seen.challenges.push(url.searchParams.get('code_challenge_method') || '');
      if (url.searchParams.get('code_challenge_method') !== 'S256') return refuse(response, 9002325, 'Proof Key for Code Exchange is required.');
      if (!control.redirects.includes(url.searchParams.get('redirect_uri'))) return refuse(response, 50011, 'The redirect URI does not match.');
      if (control.refuse) {
        const back = new URL(url.searchParams.get('redirect_uri'));
        back.hash = new URLSearchParams({ ...control.refuse, state: url.searchParams.get('state') }).toString();
        response.writeHead(302, { location: back.href });
        response.end();
        return;
      }
    }
    if (url.pathname === at('logout')) seen.logout += 1;
    if (url.pathname === at('token') && request.method === 'POST') {
      const from = request.headers.origin;
      const body = await text(request);
      const form = new URLSearchParams(body);
      const renews = form.get('grant_type') === 'refresh_token';
      seen[renews ? 'renew' : 'exchange'] += 1;
      if (control.wait) await new Promise((resolve) => setTimeout(resolve, control.wait));
      if (control.type !== 'spa' && from) return refuse(response, 9002326, "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.", from);
      if (!from) return refuse(response, 9002327, "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.");
      if (control.token) {
        response.writeHead(control.token.status, { 'content-type': 'application/json', 'access-control-allow-origin': from });
        response.end(JSON.stringify(control.token.body));
        return;
      }
      if (renews && Date.now() / 1000 + control.older > (began.get(PERSON)?.at ?? 0) / 1000 + DAY) {
        response.writeHead(400, { 'content-type': 'application/json', 'access-control-allow-origin': from });
        response.end(JSON.stringify({ error: 'invalid_grant', error_description: 'AADSTS700084: The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which can not be extended.' }));
        return;
      }
      if (renews) {
        form.set('refresh_token', form.get('refresh_token').split('.')[0]);
        // Entra takes here what was asked for at first; the provider would not.
        form.delete('scope');
      }
      // It was read: the provider takes it from here.
      request.body = form.toString();
    }
    handle(request, response);
  } catch (error) {
    process.stderr.write(`${error.stack}\n`);
    response.writeHead(500);
    response.end(String(error));
  }
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
process.stdout.write(`authority ready ${origin}\n`);
