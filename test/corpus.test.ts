import { afterAll, describe, expect, test } from 'vitest'
import { corpusNeeded, filesBelow, loadCorpus } from './support/corpus.ts'
import { startGitHub } from './support/github/server.ts'
import type { World } from './support/github/worlds.ts'
import { runPinsmith } from './support/run.ts'
import { temporaryRepository } from './support/temporary-folder.ts'
import { isIgnoredLine, readUsesLine } from './support/uses-line.ts'

const { isReady, worlds, apps, filesOf } = await loadCorpus()
const github = await startGitHub({ worlds, rounds: true })
afterAll(() => github.close())

test.skipIf(!isReady)(`real repositories: ${corpusNeeded}`, () => {
  expect(worlds.length).toBeGreaterThan(0)
})

describe.each(apps)('%s', (app) => {
  const before = asLatin1(filesOf(app))

  test('is pinned alike with a token and without, and nothing else changes', async () => {
    const cwd = await temporaryRepository(bytesOf(before))
    github.requests.clear()
    const run = await runPinsmith(['--no-nested', '--format', 'json'], {
      cwd,
      github,
      withToken: true,
    })
    const kinds = countBy(github.requests.all(), ({ kind }) => kind)
    const rounds = github.requests.rounds()
    const requests = github.requests.count()
    expect(run).toMatchObject({ stderr: '' })
    expect(run.code).toBeLessThan(2)
    const after = asLatin1(filesBelow(cwd))

    const lines = changedLines(before, after)
    expect(lines.flatMap(findUntrue)).toEqual([])
    expect(findMissed(after)).toEqual([])

    const { repositories, references } = namesIn(before)
    expect(Object.keys(kinds).filter((kind) => kind !== 'graphql')).toEqual([])
    expect(rounds).toBeLessThanOrEqual(1)
    expect(requests).toBeLessThanOrEqual(Math.ceil(references / 20))

    github.requests.clear()
    const again = await runPinsmith(['--no-nested', '--format', 'json'], {
      cwd,
      github,
      withToken: true,
    })
    expect(asLatin1(filesBelow(cwd))).toEqual(after)
    expect(again.code).toBe(run.code)

    const other = await temporaryRepository(bytesOf(before))
    github.requests.clear()
    const bare = await runPinsmith(['--no-nested', '--format', 'json'], { cwd: other, github })
    const asked = countBy(github.requests.all(), ({ kind }) => kind)
    expect(asLatin1(filesBelow(other))).toEqual(after)
    expect(JSON.parse(bare.stdout)).toEqual(JSON.parse(run.stdout))
    expect(asked).toEqual(repositories === 0 ? {} : { git: repositories })
  })
})

interface ChangedLine {
  readonly where: string
  readonly before: string
  readonly after: string
}

function changedLines(before: Files, after: Files): ChangedLine[] {
  expect(Object.keys(after)).toEqual(Object.keys(before))
  return Object.entries(before).flatMap(([path, text]) => {
    const [old, now] = [text.split('\n'), after[path]?.split('\n') ?? []]
    expect(now).toHaveLength(old.length)
    return old.flatMap((line, index) => {
      const changed = now[index] ?? ''
      return changed === line
        ? []
        : [{ where: `${path}:${index + 1}`, before: line, after: changed }]
    })
  })
}

/** What is wrong with a changed line, held against the recorded world. */
function findUntrue({ where, before, after }: ChangedLine): string[] {
  const [old, now] = [readUsesLine(before), readUsesLine(after)]
  if (old === undefined || now === undefined) return [`${where}: no reference: ${before}`]
  const faults = []
  if (old.head !== now.head || old.name !== now.name || old.code !== now.code)
    faults.push('more than ref and comment changed')
  const label = /^# (\S+)/.exec(now.comment)?.[1] ?? ''
  const kept = now.comment.slice(`# ${label}`.length).trim()
  if (kept !== '' && !old.comment.endsWith(kept)) faults.push('a comment came from nowhere')
  const lost = old.comment.slice(0, old.comment.length - kept.length).trim()
  if (
    !/^(?:#\s*(?:tag=|pin\s?@|ratchet:[^@]+@)?[^\s#]*\d[^\s#]*|# ?(?:main|master|stable))?$/.test(
      lost,
    )
  )
    faults.push(`a comment was lost: ${lost}`)

  const known = worldOf(now.name)
  const expected = known === undefined ? undefined : commitOf(known, old.ref)
  if (now.ref !== expected) faults.push(`${now.ref} is not ${old.ref}, which is ${expected}`)
  const named = [known?.tags?.[label]?.commit, known?.heads?.[label]]
  if (!named.includes(now.ref)) faults.push(`no tag or branch ${label} names ${now.ref}`)
  return faults.map((fault) => `${where}: ${fault}\n  ${before}\n  ${after}`)
}

/** References that the world resolves, but that were left as they are. */
function findMissed(after: Files): string[] {
  return Object.entries(after).flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) => {
      const read = readUsesLine(line)
      if (read === undefined || /^[0-9a-f]{40}$/.test(read.ref)) return []
      if (isIgnoredLine(read)) return []
      if (read.name.startsWith('slsa-framework/slsa-github-generator/.github/workflows/')) return []
      const known = worldOf(read.name)
      return known === undefined || commitOf(known, read.ref) === undefined
        ? []
        : [`${path}:${index + 1}: ${line}`]
    }),
  )
}

function worldOf(name: string): World | undefined {
  const repository = repositoryOf(name)
  return worlds.find((world) =>
    [`${world.owner}/${world.name}`, ...(world.renamed_from ?? [])].some(
      (each) => each.toLowerCase() === repository,
    ),
  )
}

function repositoryOf(name: string): string {
  return name.split('/').slice(0, 2).join('/').toLowerCase()
}

/** What the world says a ref is; `undefined` where nothing, or two things. */
function commitOf(
  { tags = {}, heads = {}, referenced = {} }: World,
  ref: string,
): string | undefined {
  if (/^[0-9a-f]{40}$/i.test(ref)) return referenced[ref]?.commit ?? ref.toLowerCase()
  const [tag, head] = [tags[ref]?.commit, heads[ref]]
  return tag !== undefined && head !== undefined && tag !== head ? undefined : (tag ?? head)
}

/** How many repositories and references the files name, images and local ones left out. */
function namesIn(files: Files): { repositories: number; references: number } {
  const lines = Object.values(files)
    .flatMap((text) => text.split('\n').flatMap((line) => readUsesLine(line) ?? []))
    .filter((read) => !isIgnoredLine(read))
  return {
    repositories: new Set(lines.map(({ name }) => repositoryOf(name))).size,
    references: new Set(lines.map(({ name, ref }) => `${repositoryOf(name)}@${ref}`)).size,
  }
}

type Files = Readonly<Record<string, string>>

/** As Latin-1, so that every byte counts. */
function asLatin1(files: Readonly<Record<string, Uint8Array>>): Files {
  return Object.fromEntries(
    Object.entries(files).map(([path, bytes]) => [path, Buffer.from(bytes).toString('latin1')]),
  )
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1
  return counts
}

function bytesOf(files: Files): Record<string, Uint8Array> {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, Buffer.from(text, 'latin1')]),
  )
}
