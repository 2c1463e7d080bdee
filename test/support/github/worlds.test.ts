import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { indexWorld } from './repository.ts'
import { resolveCommit } from './revision.ts'
import { loadWorlds, makeWorld, recordedWorldsFolder, recordedWorldsNeeded, sha } from './worlds.ts'

const fixtures = await loadWorlds(
  fileURLToPath(new URL('../../../fixtures/worlds', import.meta.url)),
)
const recordedFolder = recordedWorldsFolder()

test.each(fixtures.map((world) => [`${world.owner}/${world.name}`, world] as const))(
  'the fixture %s is consistent',
  (_, world) => {
    const repository = indexWorld(world)
    expect(repository.ref(`refs/heads/${repository.defaultBranch}`)).toBeDefined()
    for (const ref of repository.refs) {
      expect(resolveCommit(repository, ref.fullName)?.oid).toBe(ref.commit)
      const recorded = Object.keys(repository.files(ref.commit)).length > 0
      expect(recorded).toBe(!ref.fullName.startsWith('refs/pull/'))
    }
    for (const [oid, text] of Object.entries(world.blobs ?? {})) {
      const bytes = `blob ${Buffer.byteLength(text)}\0${text}`
      expect(createHash('sha1').update(bytes).digest('hex')).toBe(oid)
      expect(parse(text)).toBeTypeOf('object')
    }
    for (const files of Object.values(world.manifests ?? {})) {
      for (const blob of Object.values(files)) expect(repository.blob(blob)).toBeDefined()
    }
  },
)

test('a pin in a fixture is the commit that its label names', () => {
  const byName = new Map(fixtures.map((world) => [`${world.owner}/${world.name}`, world]))
  const texts = fixtures.flatMap(({ blobs = {} }) => Object.values(blobs))
  const pins = texts.flatMap((text) => [
    ...text.matchAll(/uses: ([^@\s]+)@([0-9a-f]{40}) # (\S+)/g),
  ])
  expect(pins.length).toBeGreaterThan(3)
  for (const [, action = '', commit, label = ''] of pins) {
    expect(byName.get(action)?.tags?.[label]?.commit).toBe(commit)
  }
})

test('a world in shorthand', () => {
  const world = makeWorld('octo/tool', {
    tags: { v1: { tag: { tag: 12 } }, v2: 13 },
    dates: { 13: '2025-05-05T05:05:05Z' },
    manifests: { 12: { 'action.yml': 'name: x\n' } },
  })
  expect(sha(12)).toMatch(/^[0-9a-f]{40}$/)
  expect(world.tags?.['v1']).toMatchObject({ type: 'tag', commit: sha(12) })
  expect(world.tag_chains?.['v1']?.at(-1)).toEqual([sha(12), 'commit'])
  expect(world.commits?.[sha(12)]?.date).toBe('2024-01-01T12:00:00Z')
  expect(world.commits?.[sha(13)]?.date).toBe('2025-05-05T05:05:05Z')
  expect(Object.keys(world.manifests?.[sha(12)] ?? {})).toEqual(['action.yml'])
  expect(() => makeWorld('nope')).toThrow('not an owner/name')
})

test.skipIf(!recordedFolder)(
  `every recorded ref peels to its commit (${recordedWorldsNeeded})`,
  async () => {
    const worlds = await loadWorlds(recordedFolder ?? '')
    expect(worlds.length).toBeGreaterThan(100)
    for (const repository of worlds.map(indexWorld)) {
      const wrong = repository.refs.filter(
        ({ fullName, commit }) => resolveCommit(repository, `${fullName}^{commit}`)?.oid !== commit,
      )
      expect(wrong).toEqual([])
    }
  },
)
