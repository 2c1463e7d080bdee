import { afterAll, expect, test } from 'vitest'
import { startGitHub } from './server.ts'

const advisories = Array.from({ length: 5 }, (_, n) => ({
  id: `GHSA-${n}`,
  withdrawn: n === 3,
  vulnerabilities: [
    { package: `acme/tool-${n}`, range: '< 2', ...(n === 1 ? {} : { patched: '2' }) },
    { package: 'left-pad', range: '= 1', ecosystem: 'NPM' },
  ],
}))
const github = await startGitHub({ worlds: [], advisories })
afterAll(() => github.close())

test('REST lists advisories page by page', async () => {
  const first = await fetch(`${github.url}/api/v3/advisories?ecosystem=actions&per_page=3`)
  const page: readonly object[] = JSON.parse(await first.text())
  expect(page).toHaveLength(3)
  expect(page[1]).toMatchObject({
    ghsa_id: 'GHSA-1',
    withdrawn_at: null,
    vulnerabilities: [
      {
        package: { ecosystem: 'actions', name: 'acme/tool-1' },
        vulnerable_version_range: '< 2',
        first_patched_version: null,
      },
      { package: { ecosystem: 'npm' } },
    ],
  })
  const [, next = ''] = /^<(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '') ?? []
  const second = await fetch(next)
  expect(await second.json()).toHaveLength(2)
  expect(second.headers.get('link')).toBeNull()
})

test('GraphQL lists vulnerabilities of an ecosystem', async () => {
  const query = `{ securityVulnerabilities(ecosystem: ACTIONS, first: 4) {
    totalCount
    pageInfo { hasNextPage }
    nodes { advisory { ghsaId withdrawnAt } package { name ecosystem } severity
      vulnerableVersionRange firstPatchedVersion { identifier } }
  } }`
  const response = await fetch(`${github.url}/api/graphql`, {
    method: 'POST',
    headers: { authorization: `bearer ${github.token}` },
    body: JSON.stringify({ query }),
  })
  const { data } = JSON.parse(await response.text())
  expect(data.securityVulnerabilities).toMatchObject({
    totalCount: 5,
    pageInfo: { hasNextPage: true },
  })
  expect(data.securityVulnerabilities.nodes[3]).toEqual({
    advisory: { ghsaId: 'GHSA-3', withdrawnAt: '2025-01-01T00:00:00Z' },
    package: { name: 'acme/tool-3', ecosystem: 'ACTIONS' },
    severity: 'HIGH',
    vulnerableVersionRange: '< 2',
    firstPatchedVersion: { identifier: '2' },
  })
})

test('a server that was told nothing knows of an action that nobody uses', async () => {
  const other = await startGitHub({ worlds: [] })
  const answer = await fetch(`${other.url}/api/v3/advisories?ecosystem=actions`)
  expect(await answer.json()).toHaveLength(1)
  await other.close()
})
