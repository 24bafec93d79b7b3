import assert from 'node:assert/strict'

import { describe, test } from 'vitest'

import { networkOf } from '../../src/plugins/ip-address.js'

describe('what an address counts as', () => {
  test('is its network, however an IPv6 address is spelled', () => {
    const spellings = [
      '2001:db8::1',
      '2001:DB8:0:0::ffff',
      '2001:0db8:0000:0000:1:2:3:4',
      '2001:db8:0:0:ffff::',
      '2001:db8::192.0.2.1',
      '2001:db8::1%eth0',
    ]

    for (const ip of spellings) assert.equal(networkOf(ip), '2001:db8:0:0', ip)
    assert.equal(networkOf('2001:db8:0:1::1'), '2001:db8:0:1')
    assert.equal(networkOf('::1'), '0:0:0:0')
  })

  test('is an IPv4 address itself, however it is wrapped', () => {
    const spellings = [
      '192.0.2.1',
      '::ffff:192.0.2.1',
      '::FFFF:c000:201',
      '0:0:0:0:0:ffff:c000:201',
    ]

    for (const ip of spellings) assert.equal(networkOf(ip), '192.0.2.1', ip)
    assert.equal(networkOf('::ffff:192.0.2.2'), '192.0.2.2')
  })

  test('is the same whatever port a gateway writes behind it', () => {
    assert.equal(networkOf('192.0.2.1:4711'), '192.0.2.1')
    assert.equal(networkOf('[2001:db8::1]:4711'), '2001:db8:0:0')
    assert.equal(networkOf('[::ffff:192.0.2.1]:4711'), '192.0.2.1')
  })

  test('is as it came where it is no address', () => {
    assert.equal(networkOf('unix'), 'unix')
    assert.equal(networkOf(''), '')
  })
})
