import { afterAll, describe, expect, test } from 'vitest'
import { checkFiles, CI, codesIn, codesOf, composite, workflow } from '../support/check.ts'
import { startGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'

const github = await startGitHub({
  worlds: [
    makeWorld('acme/tool', {
      heads: { main: 9 },
      tags: { v1: 2, 'v1.0.0': 1, 'v1.5.0': 2, 'v2.0.0': 3, v3: 4 },
      history: [8],
    }),
    makeWorld('acme/kit', {
      tags: { 'v1.0.0': 20 },
      manifests: { 20: { 'sub/action.yml': composite() } },
    }),
    makeWorld('acme/odd', { tags: { 'v1.0.0': 21 } }),
    makeWorld('acme/user', {
      tags: { 'v1.0.0': 22 },
      manifests: { 22: { 'action.yml': composite(`acme/tool@${sha(1)}`, 'acme/tool@v1') } },
    }),
    makeWorld('today/name', { tags: { 'v1.0.0': 23 }, renamedFrom: ['former/name'] }),
  ],
  advisories: [
    {
      id: 'GHSA-1',
      severity: 'critical',
      summary: 'It leaks',
      vulnerabilities: [
        { package: 'Acme/Tool', range: '< 1.5', patched: '1.5' },
        { package: 'acme/tool', range: '>= 3.2, < 3.4', patched: '3.4' },
      ],
    },
    { id: 'GHSA-2', withdrawn: true, vulnerabilities: [{ package: 'acme/tool', range: '< 9' }] },
    { id: 'GHSA-3', vulnerabilities: [{ package: 'acme/kit/other', range: '< 9' }] },
    { id: 'GHSA-4', vulnerabilities: [{ package: 'acme/kit', range: '= 1' }] },
    { id: 'GHSA-5', vulnerabilities: [{ package: 'acme/odd', range: 'all of them' }] },
    { id: 'GHSA-6', vulnerabilities: [{ package: 'today/name', range: '<= 1.0.0' }] },
  ],
})
afterAll(() => github.close())

describe('a pin', () => {
  test.each([
    ['of a version within a range', `acme/tool@${sha(1)} # v1.0.0`, ['error vulnerable']],
    ['of the first version without it', `acme/tool@${sha(2)} # v1.5.0`, []],
    ['of a version beyond', `acme/tool@${sha(3)} # v2.0.0`, []],
    ['of which no version is known', `acme/tool@${sha(8)} # main`, ['warning undetermined']],
    ['of which the major alone is known', `acme/tool@${sha(4)} # v3`, ['warning undetermined']],
    [
      'of an action in a folder, by its repository',
      `acme/kit/sub@${sha(20)} # v1.0.0`,
      ['error vulnerable'],
    ],
    ['where a range cannot be read', `acme/odd@${sha(21)} # v1.0.0`, ['warning undetermined']],
    [
      'by a former name, as the advisory has the new one',
      `former/name@${sha(23)} # v1.0.0`,
      ['note renamed', 'error vulnerable'],
    ],
  ])('%s', async (_, uses, codes) => {
    expect(await codesOf(github, [uses])).toEqual(codes)
  })
})

test('a tag is held against the advisories by the version that it is today', async () => {
  expect(await codesOf(github, ['acme/tool@v1.0.0'])).toEqual([
    'error unpinned',
    'error vulnerable',
  ])
  expect(await codesOf(github, ['acme/tool@v1'])).toEqual(['error unpinned'])
})

test('a label that is not true tells no version', async () => {
  const [mismatch, vulnerable] = (
    await checkFiles(github, { [CI]: workflow(`acme/tool@${sha(1)} # v2.0.0`) })
  ).findings
  expect(mismatch).toMatchObject({ code: 'label-mismatch' })
  expect(vulnerable).toMatchObject({
    code: 'vulnerable',
    message: expect.stringContaining('v1.0.0'),
  })
})

test('what an action uses counts, with its chain', async () => {
  const checked = await checkFiles(github, { [CI]: workflow(`acme/user@${sha(22)} # v1.0.0`) })
  expect(codesIn(checked)).toEqual(['error nested-unpinned', 'error vulnerable'])
  expect(checked.findings[1]).toMatchObject({
    chain: [`acme/user@${sha(22)}`, `acme/tool@${sha(1)}`],
    message: expect.stringContaining('It leaks (GHSA-1, critical, versions < 1.5)'),
  })
})
