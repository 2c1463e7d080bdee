import { format, inspect } from 'node:util'
import { expect, test } from 'vitest'
import { findSecondToken, findToken } from '../../../src/github/token/find-token.ts'
import type { AskGh } from '../../../src/github/token/gh.ts'
import { hostFromEnv, hostFromName, type Host } from '../../../src/github/connection/hosts.ts'
import { parseToken, type Token } from '../../../src/github/token/token.ts'
import type { UsageFault } from '../../../src/github/usage.ts'
import { noGh } from '../support/ports.ts'

const dotcom = host('github.com')
const ghes = host('ghe.example.com')
const gh: AskGh = async (hostname) => `from-gh-${hostname}\n`

test('a token shows itself to nobody', () => {
  const token = parseToken('--token', 'ghp_secret')
  const shown = [
    format('%s', token),
    inspect({ token }),
    JSON.stringify({ token }),
    format('%o %j', token, token),
  ]
  for (const text of shown) {
    expect(text).toContain('[token]')
    expect(text).not.toContain('secret')
  }
  expect(reveal(token)).toBe('ghp_secret')
})

test.each(['ghp_secret\n', '\tghp_secret ', '\uFEFFghp_secret\r\n'])(
  'white space is dropped: %j',
  (text) => {
    expect(reveal(parseToken('GITHUB_TOKEN', text))).toBe('ghp_secret')
  },
)

test.each(['ghp secret', 'ghp_\u0000secret', 'ghp_sécret', 'ghp\nsecret'])(
  'what a header cannot carry is a fault without the token: %j',
  (text) => {
    const fault = parseToken('GITHUB_TOKEN', text)
    expect(fault).toMatchObject({ kind: 'usage', message: expect.stringContaining('GITHUB_TOKEN') })
    expect(JSON.stringify(fault)).not.toMatch(/ghp|cret/)
  },
)

test.each([
  ['the option first', dotcom, 'opt', { GITHUB_TOKEN: 'a' }, 'opt'],
  ['GITHUB_TOKEN before GH_TOKEN', dotcom, undefined, { GITHUB_TOKEN: 'a', GH_TOKEN: 'b' }, 'a'],
  ['an empty variable is none', dotcom, undefined, { GITHUB_TOKEN: ' ', GH_TOKEN: 'b' }, 'b'],
  ['then gh', dotcom, undefined, { GITHUB_TOKEN: '' }, 'from-gh-github.com'],
  [
    'not an Enterprise Server’s',
    dotcom,
    undefined,
    { GH_ENTERPRISE_TOKEN: 'e' },
    'from-gh-github.com',
  ],
  [
    'an Enterprise Server’s own first',
    ghes,
    undefined,
    { GITHUB_TOKEN: 'a', GH_ENTERPRISE_TOKEN: 'e' },
    'e',
  ],
  ['its second name', ghes, undefined, { GITHUB_ENTERPRISE_TOKEN: 'e', GH_TOKEN: 'b' }, 'e'],
  ['the runner’s token there', ghes, undefined, { GITHUB_TOKEN: 'a' }, 'a'],
  ['gh there', ghes, undefined, {}, 'from-gh-ghe.example.com'],
])('where the token comes from: %s', async (_, where, option, env, expected) => {
  expect(reveal(await findToken(where, option, env, gh))).toBe(expected)
})

test('no token anywhere is no fault', async () => {
  expect(await findToken(dotcom, undefined, {}, noGh)).toBeUndefined()
  expect(await findToken(dotcom, undefined, {}, async () => '\n')).toBeUndefined()
})

test('an empty option is a fault: something meant to give a token', async () => {
  expect(await findToken(dotcom, ' ', { GITHUB_TOKEN: 'a' }, gh)).toMatchObject({ kind: 'usage' })
})

test('the first host’s token never goes to the second', async () => {
  const env = { GITHUB_TOKEN: 'a', GH_TOKEN: 'b' }
  const asked: unknown[] = []
  const spy: AskGh = async (hostname, given) => {
    asked.push([hostname, given['GITHUB_TOKEN'], given['GH_TOKEN']])
    return undefined
  }
  expect(await findSecondToken(dotcom, undefined, env, spy)).toBeUndefined()
  expect(asked).toEqual([['github.com', '', '']])
  expect(reveal(await findSecondToken(dotcom, 'own', env, spy))).toBe('own')
  const both = { ...env, GH_ENTERPRISE_TOKEN: 'e' }
  expect(reveal(await findSecondToken(dotcom, undefined, both, spy))).toBe('b')
  expect(reveal(await findSecondToken(ghes, undefined, both, spy))).toBe('e')
})

test('hosts that stand in the environment are told apart', async () => {
  const local = hostFromEnv({ GITHUB_API_URL: 'http://127.0.0.1:9/api/v3' })
  if (!('name' in local)) throw new Error('no host')
  expect(reveal(await findToken(local, undefined, { GITHUB_TOKEN: 'a' }, noGh))).toBe('a')
})

function host(name: string): Host {
  const found = hostFromName('test', name)
  if (!('name' in found)) throw new Error(found.message)
  return found
}

function reveal(token: Token | UsageFault | undefined): string | undefined {
  return token !== undefined && 'reveal' in token ? token.reveal() : undefined
}
