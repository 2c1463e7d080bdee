import { afterEach, beforeEach, expect, test } from 'vitest'
import { withFallback } from '../../../src/github/connection/fallback.ts'
import { tooManyRequests } from '../../support/github/fault.ts'
import { startGitHub, type LocalGitHub } from '../../support/github/server.ts'
import { makeWorld, sha } from '../../support/github/worlds.ts'
import { answersOf, commitAt, portTo, question } from '../support/ports.ts'

let first: LocalGitHub
let second: LocalGitHub
beforeEach(async () => {
  first = await startGitHub({
    token: 'first',
    worlds: [
      makeWorld('acme/own', { tags: { v1: 1 } }),
      makeWorld('acme/both', { tags: { v1: 2 } }),
    ],
  })
  second = await startGitHub({
    token: 'second',
    worlds: [
      makeWorld('acme/both', { tags: { v1: 3 } }),
      makeWorld('actions/x', { tags: { v1: 4 } }),
    ],
  })
})
afterEach(() => Promise.all([first.close(), second.close()]))

const asked = ['acme/own', 'acme/both', 'actions/x', 'no/where'].map((name) =>
  question(name, { names: ['v1'] }),
)

test('only what the first host does not have is asked of the second', async () => {
  const port = withFallback(await portTo(first, 'git'), await portTo(second, 'git'))
  const answers = answersOf(await port.lookUp(asked))
  expect(
    [...answers].map(([name, refs]) => [
      name,
      refs.kind === 'refs' ? refs.tags.get('v1') : refs.kind,
    ]),
  ).toEqual([
    ['acme/own', sha(1)],
    ['acme/both', sha(2)],
    ['actions/x', sha(4)],
    ['no/where', 'repository-not-found'],
  ])
  expect(second.requests.all().map(({ path }) => path)).toEqual([
    '/actions/x.git/git-upload-pack',
    '/no/where.git/git-upload-pack',
  ])
})

test('an archive that the first host does not have is had from the second', async () => {
  const port = withFallback(await portTo(first, 'api'), await portTo(second, 'git'))
  const read = async (name: string, n: number) =>
    (await port.readArchive(commitAt(name, sha(n)))).kind
  expect(await read('acme/both', 2)).toBe('archive')
  expect(second.requests.count()).toBe(0)
  expect(await read('actions/x', 4)).toBe('archive')
  expect(await read('no/where', 4)).toBe('repository-not-found')
  const before = first.requests.count()
  await port.lookUp(asked.slice(2, 3))
  expect(await read('actions/x', 4)).toBe('archive')
  expect(first.requests.count()).toBe(before + 1)
})

test('nothing missing, nothing asked', async () => {
  const port = withFallback(await portTo(first, 'api'), await portTo(second, 'api'))
  answersOf(await port.lookUp(asked.slice(0, 2)))
  expect(second.requests.count()).toBe(0)
})

test('a failure of either host is one of the run', async () => {
  const port = withFallback(await portTo(first, 'api'), await portTo(second, 'api'))
  second.faults.add(tooManyRequests(9_999), { times: Infinity })
  expect((await port.lookUp(asked)).kind).toBe('rate-limited')
  first.faults.add(tooManyRequests(9_999), { times: Infinity })
  const before = second.requests.count()
  expect((await port.lookUp(asked)).kind).toBe('rate-limited')
  expect(second.requests.count()).toBe(before)
})
