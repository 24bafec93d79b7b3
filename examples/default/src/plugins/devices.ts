import type { FastifyRequest } from 'fastify'

import { describeUserAgent, type NotedDevice } from '../accounts/devices.js'
import type { UserToken } from '../generated/prisma/client.js'

/** Where a session is used, and with what, so that its owner knows it again in the list. */
export function deviceOf({ headers, ip }: FastifyRequest): NotedDevice {
  return { ...describeUserAgent(headers['user-agent']), ip, lastSeenAt: new Date() }
}

/** Notes that a session is used here. */
export async function noteDevice(request: FastifyRequest, id: UserToken['id']): Promise<void> {
  const { db } = request.server.userAuth

  await db.userToken.updateMany({ where: { id }, data: deviceOf(request) })
}
