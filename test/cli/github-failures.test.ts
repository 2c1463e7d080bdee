import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { answer, cut, html, moreAliasesThan, reset, type Fault } from '../support/github/fault.ts'
import { quotaExhausted, tooManyRequests } from '../support/github/fault.ts'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { runPinsmith, type Run } from '../support/run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { CI, PINNED, snapshot, startSmallGitHub, textOf, workflow } from './support.ts'

let github: LocalGitHub
beforeAll(async () => {
  github = await startSmallGitHub()
})
afterEach(() => github.faults.clear())
afterAll(() => github.close())

/** A run, and what stands in its folder before and after. */
interface Seen extends Run {
  readonly cwd: string
  readonly before: Readonly<Record<string, string>>
  readonly after: Readonly<Record<string, string>>
}

async function pin(
  uses: readonly string[],
  withToken: boolean,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Seen> {
  const cwd = await temporaryFolder({ [CI]: workflow(...uses) })
  const before = await snapshot(cwd)
  const run = await runPinsmith(args, { cwd, github, withToken, env })
  return { ...run, cwd, before, after: await snapshot(cwd) }
}

/** What a run says that could do nothing, and did nothing. */
function wordsOfFailure({ code, stdout, stderr, before, after }: Omit<Seen, 'cwd'>): string {
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/^✗ pinsmith: .*\n {4}why {3}nothing was resolved, .*\n {4}next {2}.*\n$/)
  expect(after).toEqual(before)
  return stderr
}

describe.each([
  ['with a token (GraphQL)', true],
  ['without (git)', false],
])('%s', (_, withToken) => {
  test.each<[string, () => Fault, string[]]>([
    [
      'a page of HTML instead of an answer',
      () => html(),
      ['a web page, where data was expected', 'check what the token may do, GITHUB_API_URL'],
    ],
    [
      '429 with a long Retry-After',
      () => tooManyRequests(3_600),
      ['has had enough requests', '(in 60 min)', '--max-wait'],
    ],
    ['429 without Retry-After', () => tooManyRequests(), ['(in 1 min)', '--resolver git']],
  ])('%s ends the run', async (_name, fault, says) => {
    github.faults.add(fault(), { times: Infinity })
    const said = wordsOfFailure(await pin(['acme/tool@v1'], withToken, ['--max-wait', '5']))
    for (const words of says) expect(said).toContain(words)
    expect(github.requests.count()).toBeGreaterThan(0)
  })

  test('a rate limit that lasts longer than --max-wait: the time when it is over', async () => {
    const over = Math.floor(Date.now() / 1000) + 1_800
    github.faults.add(quotaExhausted(over), { times: Infinity })
    const said = wordsOfFailure(await pin(['acme/tool@v1'], withToken))
    expect(said).toContain(`after ${new Date(over * 1000).toISOString()} (in 30 min)`)
    expect(said).toContain('a longer wait with --max-wait')
    expect(said).toContain('API rate limit exceeded')
  })

  test.each<[string, Fault]>([
    ['429 with a short Retry-After', tooManyRequests(1)],
    ['a connection that is cut in the middle of the body', cut],
    ['a connection that is reset', reset],
  ])('%s is tried again', async (_name, fault) => {
    github.faults.add(fault)
    const { code, cwd } = await pin(['acme/tool@v1'], withToken)
    expect(github.faults.pending()).toBe(0)
    expect(code).toBe(0)
    expect(await textOf(cwd, CI)).toContain(PINNED)
  })

  test('a renamed repository is pinned under its old name, with a note', async () => {
    const { code, stderr, cwd } = await pin(['former/name@v1'], withToken)
    expect(code).toBe(0)
    expect(stderr).toContain('note  the repository is called today/name now')
    expect(await textOf(cwd, CI)).toContain(`uses: former/name@${sha(9)} # v1`)
  })

  test('an organisation with SAML: its public repositories can be read', async () => {
    const { code, cwd } = await pin(['saml/open@v1'], withToken)
    expect(code).toBe(0)
    expect(await textOf(cwd, CI)).toContain(`uses: saml/open@${sha(10)} # v1`)
  })

  test('what is not there is left and reported, the others are pinned', async () => {
    const uses = ['acme/none@v1', 'acme/tool@v9', 'acme/tool@v1', 'acme/tool@0123abc']
    const { code, stderr, cwd } = await pin(uses, withToken)
    expect(code).toBe(1)
    expect(stderr).toContain(
      `✗ ${CI}:6:15  acme/none@v1\n    the repository acme/none was not found`,
    )
    expect(stderr).toContain(`✗ ${CI}:7:15  acme/tool@v9\n    acme/tool has no tag and no branch`)
    expect(stderr).toContain('refs compare with case')
    expect(stderr).toContain(`✗ ${CI}:9:15  acme/tool@0123abc\n    0123abc looks like a shortened`)
    expect(stderr).toContain('1 reference pinned in 1 file, 3 references left.')
    const text = workflow(...uses).replace('acme/tool@v1', PINNED)
    expect(await textOf(cwd, CI)).toBe(text)
  })
})

test.each([
  ['api', []],
  ['git', ['--resolver', 'git']],
])('a wrong token is refused by the %s, whatever the repository is', async (_, args) => {
  const env = { GITHUB_TOKEN: 'not-the-token' }
  const said = wordsOfFailure(await pin(['acme/tool@v1'], true, args, env))
  expect(said).toContain('does not accept the token')
  expect(said).toContain('give a token that is valid')
  expect(said).toContain('unset GITHUB_TOKEN and GH_TOKEN')
  expect(said).not.toContain('not-the-token')
})

test('what the words on a wrong token advise helps: none', async () => {
  expect((await pin(['acme/tool@v1'], false)).code).toBe(0)
})

describe('403', () => {
  const refusal = answer(403, { message: 'Resource not accessible by integration' })

  test('for the API as a whole ends the run', async () => {
    github.faults.add(refusal, { times: Infinity })
    const said = wordsOfFailure(await pin(['acme/tool@v1'], true))
    expect(said).toContain('Resource not accessible by integration')
    expect(said).toContain('check what the token may do')
  })

  test('for one repository by git leaves its references', async () => {
    github.faults.add(refusal, { times: Infinity, when: ({ path }) => path.startsWith('/beta/') })
    const { code, stderr, cwd } = await pin(['beta/kit@v3', 'acme/tool@v1'], false)
    expect(code).toBe(1)
    expect(stderr).toContain(`✗ ${CI}:6:15  beta/kit@v3\n    beta/kit may not be read: `)
    expect(stderr).toContain('give a token that may read it')
    expect(await textOf(cwd, CI)).toBe(workflow('beta/kit@v3', PINNED))
  })

  test('for one repository by the API leaves its references', async () => {
    const data = { r0: null, r1: null }
    const forbidden = { type: 'FORBIDDEN', path: ['r0'], message: 'Resource not accessible' }
    const missing = { type: 'NOT_FOUND', path: ['r1'], message: 'Could not resolve' }
    github.faults.add(answer(200, { data, errors: [forbidden, missing] }))
    const { code, stderr, before, after } = await pin(['secret/tool@v1', 'acme/none@v1'], true)
    expect(code).toBe(1)
    expect(stderr).toContain('secret/tool may not be read: Resource not accessible')
    expect(stderr).toContain('the repository acme/none was not found')
    expect(after).toEqual(before)
  })
})

describe('private repositories', () => {
  test('without a token look as if there were none, and the words say so', async () => {
    const { code, stderr, before, after } = await pin(['secret/tool@v1'], false)
    expect(code).toBe(1)
    expect(stderr).toContain('secret/tool was not found: there is none, or it is private')
    expect(stderr).toContain('give a token that may read it (--token, GITHUB_TOKEN, or gh auth')
    expect(after).toEqual(before)
  })

  test('are pinned with one', async () => {
    expect((await pin(['secret/tool@v1'], true)).code).toBe(0)
  })

  test('of an organisation with SAML: authorize the token', async () => {
    const { code, stderr } = await pin(['saml/closed@v1', 'acme/tool@v1'], true)
    expect(code).toBe(1)
    expect(stderr).toContain('saml/closed may not be read: ')
    expect(stderr).toContain('authorize the token for the organisation (single sign-on)')
    expect(stderr).toContain('1 reference pinned in 1 file, 1 reference left.')
  })
})

test('a query that GitHub answers with 502 is halved until all is pinned', async () => {
  const names = Array.from({ length: 30 }, (_, n) => `acme/many-${n}`)
  const many = await startGitHub({
    worlds: names.map((name, n) => makeWorld(name, { tags: { v1: n } })),
  })
  const rule = many.faults.add(answer(502, '<html>Bad Gateway</html>'), {
    when: moreAliasesThan(4),
    times: Infinity,
  })
  const cwd = await temporaryFolder({ [CI]: workflow(...names.map((name) => `${name}@v1`)) })
  const { code, stderr } = await runPinsmith([], { cwd, github: many, withToken: true })
  await many.close()
  expect(rule.hits).toBeGreaterThan(0)
  expect(code).toBe(0)
  expect(stderr).toContain('30 references pinned in 1 file.')
  const expected = names.map((name, n) => `${name}@${sha(n)} # v1`)
  expect(await textOf(cwd, CI)).toBe(workflow(...expected))
})

test('no network: both ways give up after some tries, and say what to check', async () => {
  const gone = await startSmallGitHub()
  await gone.close()
  const cwd = await temporaryFolder({ [CI]: workflow('acme/tool@v1') })
  const before = await snapshot(cwd)
  // Together, for the waits between the tries.
  const runs = await Promise.all(
    [true, false].map((withToken) => runPinsmith([], { cwd, github: gone, withToken })),
  )
  const after = await snapshot(cwd)
  for (const run of runs) {
    const said = wordsOfFailure({ ...run, before, after })
    expect(said).toContain('could not be reached')
    expect(said).toContain('HTTPS_PROXY')
  }
})
