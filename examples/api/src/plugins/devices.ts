import type { FastifyRequest } from 'fastify'

import { describeUserAgent } from '../accounts/devices.js'
import type { UserToken } from '../generated/prisma/client.js'

/** Notes where a session is used, and with what, so that its owner knows it again in the list. */
export async function noteDevice(request: FastifyRequest, id: UserToken['id']): Promise<void> {
  const { headers, ip, server } = request

  await server.userAuth.db.userToken.updateMany({
    where: { id },
    data: { ...describeUserAgent(headers['user-agent']), ip, lastSeenAt: new Date() },
  })
}
