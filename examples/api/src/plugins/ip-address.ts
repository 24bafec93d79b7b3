import { isIPv6 } from 'node:net'

// One customer has a network of 64 bits at least: four of eight groups, and any address in it.
const GROUPS_OF_A_NETWORK = 4

// Some gateways write the port behind it, which is another one for each connection.
const WITH_PORT = /^(?:([\d.]+)|\[([^\]]+)\]):\d+$/

/**
 * What an IP address counts as, in one spelling: an IPv4 address as itself, also where it is
 * wrapped because the server listens for both kinds, and an IPv6 address as its network.
 */
export function networkOf(address: string): string {
  const [, ipv4, ipv6] = WITH_PORT.exec(address) ?? []
  const ip = ipv4 ?? ipv6 ?? address
  if (!isIPv6(ip)) return ip

  const groups = groupsOf(ip)
  const [high = 0, low = 0] = groups.slice(6)
  if (groups.slice(0, 6).join() === '0,0,0,0,0,65535') {
    return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.')
  }

  return groups
    .slice(0, GROUPS_OF_A_NETWORK)
    .map((group) => group.toString(16))
    .join(':')
}

// The parser of URLs knows every spelling and answers one, with at most one gap. What follows a
// percent sign is a network interface of this machine.
function groupsOf(ip: string): number[] {
  const { hostname } = new URL(`http://[${ip.split('%')[0]}]`)
  const [before = [], after = []] = hostname
    .slice(1, -1)
    .split('::')
    .map((part) => part.split(':').filter((group) => group !== ''))
  const gap = Array<string>(8 - before.length - after.length).fill('0')

  return [...before, ...gap, ...after].map((group) => Number.parseInt(group, 16))
}
