import type { FastifyRequest } from 'fastify'

import { describeUserAgent, type NotedDevice } from '../accounts/devices.js'
//% if (!features.ownSession) {
import { HOUR } from '../accounts/duration.js'
//% }
import type { UserToken } from '../generated/prisma/client.js'
//% if (!features.ownSession) {

// How exact "last seen" is: a write with every request would be the price of more.
const NOTE_EVERY = HOUR
//% }

/** Where a session is used, and with what, so that its owner knows it again in the list. */
export function deviceOf({ headers, ip }: FastifyRequest): NotedDevice {
  return { ...describeUserAgent(headers['user-agent']), ip, lastSeenAt: new Date() }
}

/** Notes that a session is used here. */
export async function noteDevice(request: FastifyRequest, id: UserToken['id']): Promise<void> {
  const { db } = request.server.userAuth

  await db.userToken.updateMany({ where: { id }, data: deviceOf(request) })
}
//% if (!features.ownSession) {

/** The same, when it was not done for a while. */
export async function noteDeviceNowAndThen(
  request: FastifyRequest,
  { userTokenId, lastSeenAt }: { userTokenId: UserToken['id']; lastSeenAt: Date | null },
): Promise<void> {
  if (lastSeenAt !== null && Date.now() - lastSeenAt.getTime() < NOTE_EVERY) return

  await noteDevice(request, userTokenId)
}
//% }
