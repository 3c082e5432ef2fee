/** Access tokens for programs: OAuth 2.0 client credentials (organization 6.1). */
import Type from 'typebox'
import { operation } from '../kit/operation.ts'

export const createToken = operation({
  id: 'createToken',
  method: 'POST',
  path: '/oauth/token',
  scope: 'instance',
  area: 'organization',
  tag: 'Authentication',
  summary: 'Get an access token for an access key',
  description:
    'Send the access key id and the API secret by HTTP Basic, and grant_type=client_credentials as a form or as JSON.',
  takesForm: true,
  body: Type.Object({
    grant_type: Type.Optional(Type.String({ description: 'client_credentials' })),
    scope: Type.Optional(
      Type.String({ description: 'Accepted and not used: rights come from policies.' }),
    ),
  }),
  response: Type.Object({
    access_token: Type.String(),
    token_type: Type.String(),
    expires_in: Type.Integer({ description: 'Seconds until the token stops working.' }),
    scope: Type.Optional(Type.String()),
  }),
})

export const readSigningKeys = operation({
  id: 'readSigningKeys',
  method: 'GET',
  path: '/.well-known/jwks.json',
  scope: 'instance',
  area: 'organization',
  tag: 'Authentication',
  summary: 'Read the public keys that access tokens are signed with',
  limit: 'none',
  response: Type.Object({ keys: Type.Array(Type.Record(Type.String(), Type.Unknown())) }),
})
