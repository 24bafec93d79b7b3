/** A way to log people in that an app may have, and what in its code shows it. */
export type KnownAuth = {
  name: string
  /** The packages that are imported for it. */
  modules: RegExp
  /** Methods or imported names, one of which has to be used, where a package can do more. */
  uses?: RegExp
}

/**
 * Recognized by what a file imports and does with it, never by a word in a name or a comment. A
 * package that does other things as well counts where the part that logs in is used.
 */
export const KNOWN_AUTH: readonly KnownAuth[] = [
  { name: 'Better Auth', modules: /^better-auth(?:\/|$)/ },
  { name: 'Auth.js', modules: /^(?:@auth\/core|next-auth|@auth\/express|authey)(?:\/|$)/ },
  { name: 'Lucia', modules: /^lucia(?:\/|$)/ },
  { name: 'Passport', modules: /^(?:@fastify\/passport|fastify-passport|passport(?:-[\w-]+)?)$/ },
  { name: 'Clerk', modules: /^@clerk\/(?:fastify|backend|clerk-sdk-node|express)(?:\/|$)/ },
  {
    name: 'Auth0',
    modules:
      /^(?:@auth0\/auth0-fastify(?:-api)?|fastify-auth0-verify|auth0|express-oauth2-jwt-bearer)$/,
  },
  {
    name: 'Keycloak',
    modules: /^(?:keycloak-connect|fastify-keycloak-adapter|nest-keycloak-connect)$/,
  },
  { name: 'WorkOS', modules: /^@workos-inc\/node$/ },
  { name: 'SuperTokens', modules: /^supertokens-node(?:\/|$)/ },
  {
    name: 'Cognito',
    modules: /^(?:aws-jwt-verify|@aws-sdk\/client-cognito-identity-provider)$/,
  },
  {
    name: 'Firebase',
    modules: /^firebase-admin(?:\/auth)?$/,
    uses: /^(?:getAuth|verifyIdToken|verifySessionCookie|createSessionCookie|createCustomToken)$/,
  },
  {
    name: 'Supabase',
    modules: /^@supabase\/(?:supabase-js|ssr|auth-js|gotrue-js)$/,
    uses: /^(?:getUser|getClaims|getSession|signIn\w*|signUp|signOut|setSession)$/,
  },
  { name: 'JSON web tokens', modules: /^(?:@fastify\/jwt|fastify-jwt|jsonwebtoken|fast-jwt)$/ },
  {
    name: 'JSON web tokens',
    modules: /^jose$/,
    uses: /^(?:jwtVerify|SignJWT|EncryptJWT|jwtDecrypt|compactVerify|createRemoteJWKSet)$/,
  },
  {
    name: 'OAuth',
    modules: /^(?:@fastify\/oauth2|fastify-oauth2|arctic|openid-client|simple-oauth2|grant)$/,
  },
  { name: 'OAuth', modules: /^google-auth-library$/, uses: /^(?:OAuth2Client|verifyIdToken)$/ },
  { name: 'HTTP authentication', modules: /^@fastify\/(?:basic-auth|bearer-auth)$/ },
  {
    name: 'passwords',
    modules:
      /^(?:bcrypt|bcryptjs|argon2|@node-rs\/(?:argon2|bcrypt)|oslo\/password|fastify-bcrypt)$/,
    uses: /^(?:compare|compareSync|verify|verifySync)$/,
  },
]

/** Plugins that keep something of the user in `request.session`. */
export const SESSION_PLUGINS: readonly string[] = [
  '@fastify/session',
  '@fastify/secure-session',
  'fastify-secure-session',
  '@mgcrea/fastify-session',
]

/** A session is a log-in where the code puts into it who somebody is. */
export const WHO_SOMEBODY_IS =
  /^(?:user|account|member|admin|customer|auth|login)(?:_?id|_?email)?$/i
