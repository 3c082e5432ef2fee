/** `POST /oauth/token`: client credentials, as a form or as JSON. */
import { createToken, readSigningKeys } from '@countinghouse/contract/organization/token.ts'
import { route } from '../../kit/area.ts'
import { OAuthError } from '../../kit/errors.ts'
import { exchangeKey, publicKeys, TOKEN_SECONDS } from './service.ts'

export const tokenRoutes = [
  route(createToken, async ({ context, body, request }) => {
    if (body.grant_type !== 'client_credentials') {
      throw new OAuthError(
        400,
        'unsupported_grant_type',
        'Send grant_type=client_credentials, as a form or as JSON.',
      )
    }
    const { accessKeyId, apiSecret } = basicCredentials(request.headers.authorization)
    return {
      access_token: await exchangeKey(context, accessKeyId, apiSecret),
      token_type: 'Bearer',
      expires_in: TOKEN_SECONDS,
      ...(body.scope === undefined ? {} : { scope: body.scope }),
    }
  }),

  route(readSigningKeys, async ({ context }) => ({
    keys: await publicKeys(context.database, context.clock.now()),
  })),
]

function basicCredentials(header: string | undefined): { accessKeyId: string; apiSecret: string } {
  const encoded = /^Basic +([A-Za-z0-9+/=_-]+)$/i.exec(header ?? '')?.[1]
  const text = Buffer.from(encoded ?? '', 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (encoded === undefined || colon < 1 || text.includes('\0')) {
    throw new OAuthError(
      401,
      'invalid_client',
      'Send the access key id and the API secret by HTTP Basic authentication.',
    )
  }
  return { accessKeyId: text.slice(0, colon), apiSecret: text.slice(colon + 1) }
}
