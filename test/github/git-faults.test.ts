import { afterEach, beforeEach, expect, test } from 'vitest'
import { answer, html, redirectTo, reset, type Fault } from '../support/github/fault.ts'
import type { GitHubRequest } from '../support/github/request.ts'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { answersOf, portTo, question } from './support/ports.ts'

const worlds = ['one', 'two', 'three'].map((name, n) =>
  makeWorld(`acme/${name}`, { tags: { v1: n } }),
)
const asked = worlds.map(({ owner, name }) => question(`${owner}/${name}`, { names: ['v1'] }))
const type = { 'content-type': 'application/x-git-upload-pack-result' }

let github: LocalGitHub
beforeEach(async () => {
  github = await startGitHub({ worlds })
})
afterEach(() => github.close())

const isOne = ({ path }: GitHubRequest): boolean => path.startsWith('/acme/one')

test.each<[string, Fault, object]>([
  ['502', answer(502, ''), { kind: 'broken', detail: expect.stringContaining('502') }],
  ['a reset connection', reset, { kind: 'broken', detail: expect.stringContaining('cut') }],
  ['HTML', html(), { kind: 'broken', detail: expect.stringContaining('a web page') }],
  ['no packets', answer(200, 'zzzz', type), { kind: 'broken', detail: expect.any(String) }],
  ['no flush at the end', answer(200, '', type), { kind: 'broken', detail: expect.any(String) }],
  [
    'git’s own error',
    answer(200, '000dERR nope\n', type),
    { kind: 'broken', detail: 'git said: nope' },
  ],
  ['404', answer(404, ''), { kind: 'repository-not-found' }],
  [
    '451',
    answer(451, { message: 'DMCA takedown' }),
    { kind: 'forbidden', reason: 'blocked', detail: 'HTTP status 451: DMCA takedown' },
  ],
])('one repository that answers with %s spoils itself alone', async (_, fault, expected) => {
  github.faults.add(fault, { when: isOne, times: Infinity })
  const port = await portTo(github, 'git', { token: undefined })
  const answers = answersOf(await port.lookUp(asked))
  expect(answers.get('acme/one')).toEqual(expected)
  expect(answers.get('acme/two')).toMatchObject({ kind: 'refs', tags: new Map([['v1', sha(1)]]) })
})

test('a redirect on the same origin keeps the token', async () => {
  github.faults.add(redirectTo('/acme/two.git/git-upload-pack', 301), { when: isOne })
  const answers = answersOf(await (await portTo(github, 'git')).lookUp(asked.slice(0, 1)))
  expect(answers.get('acme/one')).toMatchObject({ kind: 'refs', renamedTo: 'acme/two' })
  expect(github.requests.all().map(({ method, authorization }) => [method, authorization])).toEqual(
    [
      ['POST', 'good'],
      ['POST', 'good'],
    ],
  )
})

test('a redirect to another origin does not take the token along, there or on the way back', async () => {
  const other = await startGitHub({ worlds })
  github.faults.add(redirectTo(`${other.url}/acme/two.git/git-upload-pack`, 307))
  const answers = answersOf(await (await portTo(github, 'git')).lookUp(asked.slice(0, 1)))
  expect(answers.get('acme/one')).toMatchObject({ kind: 'refs', tags: new Map([['v1', sha(1)]]) })
  expect(other.requests.all()[0]?.headers['authorization']).toBeUndefined()
  await other.close()
})

test.each([
  ['in a circle', '/acme/one.git/git-upload-pack'],
  ['to a login page', '/login?return_to=x'],
  ['to another protocol', 'ftp://127.0.0.1/acme/one.git/git-upload-pack'],
  ['to nowhere', 'http://'],
])('a redirect %s is broken', async (_, location) => {
  github.faults.add(redirectTo(location, 301), { when: isOne, times: Infinity })
  const answers = answersOf(await (await portTo(github, 'git')).lookUp(asked))
  expect(answers.get('acme/one')).toMatchObject({ kind: 'broken' })
  expect(github.requests.count()).toBeLessThanOrEqual(6)
})

test('a wrong token and a missing repository: it is not found, as far as anybody can tell', async () => {
  const port = await portTo(github, 'git', { token: 'wrong' })
  const answers = answersOf(await port.lookUp([question('acme/none', { names: ['v1'] })]))
  expect(answers.get('acme/none')).toEqual({ kind: 'repository-not-found' })
})
