import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ConnectOptions } from '../../src/github/connection/connect.ts'
import { withFallback } from '../../src/github/connection/fallback.ts'
import type { WorldAdvisory } from '../support/github/advisories.ts'
import { answer, html, reset } from '../support/github/fault.ts'
import { tooManyRequests, wholeQueryError, type Fault } from '../support/github/fault.ts'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { fakeClock } from './support/clock.ts'
import { portTo, ways } from './support/ports.ts'
import { passingFaults } from './support/passing-faults.ts'

const advisories: readonly WorldAdvisory[] = [
  {
    id: 'GHSA-b',
    summary: 'Two packages and two ranges',
    severity: 'critical',
    vulnerabilities: [
      { package: 'acme/tool', range: '>= 87, < 90', patched: '90' },
      { package: 'acme/tool', range: '= 1' },
      { package: 'left-pad', range: '< 9', ecosystem: 'NPM' },
    ],
  },
  {
    id: 'GHSA-a',
    severity: 'moderate',
    vulnerabilities: [{ package: 'acme/other/sub', range: '< 41', patched: '41' }],
  },
  { id: 'GHSA-c', withdrawn: true, vulnerabilities: [{ package: 'acme/tool', range: '> 0' }] },
  { id: 'GHSA-d', vulnerabilities: [{ package: 'x', range: '< 1', ecosystem: 'PIP' }] },
]

const url = (id: string): string => `https://github.com/advisories/${id}`
const expected = [
  {
    id: 'GHSA-a',
    action: 'acme/other/sub',
    severity: 'moderate',
    summary: 'GHSA-a',
    range: '< 41',
    patched: '41',
    url: url('GHSA-a'),
  },
  {
    id: 'GHSA-b',
    action: 'acme/tool',
    severity: 'critical',
    summary: 'Two packages and two ranges',
    range: '= 1',
    patched: undefined,
    url: url('GHSA-b'),
  },
  {
    id: 'GHSA-b',
    action: 'acme/tool',
    severity: 'critical',
    summary: 'Two packages and two ranges',
    range: '>= 87, < 90',
    patched: '90',
    url: url('GHSA-b'),
  },
]

let github: LocalGitHub
beforeEach(async () => {
  github = await startGitHub({ worlds: [], advisories })
})
afterEach(() => github.close())

describe.each(ways)('%s', (_, resolver, withToken) => {
  const connect = (to = github, options: Partial<ConnectOptions> = {}) =>
    portTo(to, resolver, { token: withToken ? to.token : undefined, ...options })

  test('every range of an action, but those of what was withdrawn', async () => {
    const list = await (await connect()).readAdvisories()
    expect(list).toEqual({ kind: 'advisories', vulnerabilities: expected })
    expect(github.requests.count()).toBe(1)
  })

  test('all pages', async () => {
    const many = Array.from({ length: 250 }, (__, n) => ({
      id: `GHSA-${n}`,
      vulnerabilities: [{ package: `acme/tool-${n}`, range: '< 1' }],
    }))
    const other = await startGitHub({ worlds: [], advisories: many })
    const list = await (await connect(other)).readAdvisories()
    expect(list.kind === 'advisories' && list.vulnerabilities.length).toBe(250)
    expect(other.requests.count()).toBe(3)
    await other.close()
  })

  test('a host without any cannot say that there are none', async () => {
    const empty = await startGitHub({ worlds: [], advisories: [] })
    expect(await (await connect(empty)).readAdvisories()).toEqual({
      kind: 'unusable',
      host: new URL(empty.url).host,
      detail: expect.stringContaining('holds nothing about actions'),
    })
    await empty.close()
  })

  test.each(passingFaults)('%s is tried again', async (__, fault) => {
    github.faults.add(fault)
    expect((await (await connect()).readAdvisories()).kind).toBe('advisories')
    expect(github.faults.pending()).toBe(0)
  })

  test.each<[string, Fault, string, string]>([
    ['a rate limit', tooManyRequests(3_600), 'rate-limited', 'Too many requests'],
    ['HTML', html(), 'unusable', 'a web page'],
    ['status 404', answer(404, { message: 'Not Found' }), 'unusable', 'there is no|it has no'],
    ['status 500', answer(500, { message: 'oops' }), 'unusable', 'oops'],
    ['status 403', answer(403, { message: 'no' }), 'unusable', 'no'],
    ['a reset connection', reset, 'network', 'the connection was cut'],
    ['JSON of another shape', answer(200, { data: {} }), 'unusable', 'not of the known shape'],
  ])('%s is a failure, and never "none"', async (__, fault, kind, detail) => {
    github.faults.add(fault, { times: Infinity })
    const list = await (await connect()).readAdvisories()
    expect(list).toMatchObject({ kind, detail: expect.stringMatching(detail) })
  })

  test('a wrong token is told', async () => {
    const list = await (await connect(github, { token: 'wrong' })).readAdvisories()
    expect(list.kind).toBe('unauthorized')
  })

  test('kept for an hour, unless that was not wanted or is damaged', async () => {
    const folder = await temporaryFolder()
    const env = { ...github.env, PINSMITH_CACHE: folder }
    const clock = fakeClock()
    const read = async (options: Partial<ConnectOptions> = {}) => {
      github.requests.clear()
      const list = await (await connect(github, { env, clock, ...options })).readAdvisories()
      expect(list).toEqual({ kind: 'advisories', vulnerabilities: expected })
      return github.requests.count()
    }
    expect(await read()).toBe(1)
    expect(await read()).toBe(0)
    expect(await read({ cache: 'off' })).toBe(1)
    await clock.sleep(3_600_000)
    expect(await read()).toBe(0)
    await clock.sleep(1)
    expect(await read()).toBe(1)
    expect(await read()).toBe(0)
    expect(await read({ clock: fakeClock() })).toBe(1)
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile())
    for (const { parentPath, name } of files) {
      const file = join(parentPath, name)
      await writeFile(file, (await readFile(file, 'utf8')).replace('acme/tool', 'acme/fool'))
    }
    expect(files).toHaveLength(1)
    expect(await read({ clock: fakeClock() })).toBe(1)
  })
})

test.each([
  ['no id', { ghsa_id: null }],
  ['a number for a summary', { summary: 7 }],
  ['an unknown severity', { severity: 'terrible' }],
  ['no list', { vulnerabilities: 'none' }],
  ['an entry without a package', { vulnerabilities: [{ package: { ecosystem: 'actions' } }] }],
  ['no word of whether it was withdrawn', { withdrawn_at: undefined }],
])('REST: what is not understood is never left out: %s', async (_, change) => {
  const good = {
    ghsa_id: 'GHSA-a',
    summary: 's',
    severity: 'unknown',
    html_url: 'https://github.com/advisories/GHSA-a',
    withdrawn_at: null,
    vulnerabilities: [
      {
        package: { ecosystem: 'actions', name: 'a/b' },
        vulnerable_version_range: null,
        first_patched_version: { identifier: '2' },
      },
    ],
  }
  const port = await portTo(github, 'git', { token: undefined })
  github.faults.add(answer(200, [good, { ...good, ...change }]))
  expect(await port.readAdvisories()).toMatchObject({ kind: 'unusable' })
  github.faults.add(answer(200, [good]))
  expect(await port.readAdvisories()).toMatchObject({
    vulnerabilities: [{ severity: 'moderate', range: '', patched: '2' }],
  })
})

test('GraphQL: an error, or an entry that is not understood, spoils the list', async () => {
  const port = await portTo(github, 'api')
  github.faults.add(wholeQueryError('Something went wrong'))
  expect(await port.readAdvisories()).toMatchObject({
    kind: 'unusable',
    detail: 'GitHub said: Something went wrong',
  })
  const list = { pageInfo: { hasNextPage: false }, nodes: [{ advisory: {} }] }
  github.faults.add(answer(200, { data: { securityVulnerabilities: list } }))
  expect(await port.readAdvisories()).toMatchObject({ kind: 'unusable' })
})

test('of a link to the next page only its cursor is taken', async () => {
  const other = await startGitHub({ worlds: [], token: github.token })
  const link = `<${other.url}/api/v3/advisories?after=0>; rel="next"`
  github.faults.add(answer(200, [], { link }))
  const port = await portTo(github, 'git')
  expect(await port.readAdvisories()).toEqual({ kind: 'advisories', vulnerabilities: expected })
  expect(other.requests.count()).toBe(0)
  await other.close()
})

test('a list that does not end is given up', async () => {
  github.faults.add(
    answer(200, [], { link: `<${github.url}/api/v3/advisories?after=x>; rel="next"` }),
    { times: Infinity },
  )
  const port = await portTo(github, 'git', { token: undefined })
  expect(await port.readAdvisories()).toMatchObject({
    kind: 'unusable',
    detail: 'its list of advisories does not end',
  })
})

test('what the first host does not have, the second may', async () => {
  const empty = await startGitHub({ worlds: [], advisories: [] })
  const port = withFallback(await portTo(empty, 'api'), await portTo(github, 'git'))
  expect(await port.readAdvisories()).toEqual({ kind: 'advisories', vulnerabilities: expected })
  const own = withFallback(await portTo(github, 'api'), await portTo(empty, 'git'))
  empty.requests.clear()
  expect((await own.readAdvisories()).kind).toBe('advisories')
  expect(empty.requests.count()).toBe(0)
  await empty.close()
})
