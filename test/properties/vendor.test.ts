import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseReference } from '../../src/domain/reference.ts'
import {
  ACTIONS,
  CI,
  composite,
  RECORD,
  repository,
  workflow,
  type Repository,
} from '../commands/vendor-support.ts'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { putFiles } from '../support/temporary-folder.ts'

/** What each action uses, at each of its versions: none of it pinned. */
const USES: Readonly<Record<string, readonly string[]>> = {
  'acme/kit@v1': ['acme/leaf@v1'],
  'acme/kit@v2': ['acme/leaf@v1', 'acme/user@v1'],
  'acme/kit@v3': ['acme/leaf@v1', '$/sub'],
  'acme/kit/sub@v1': ['acme/leaf@v1', 'acme/user@v3'],
  'acme/kit/sub@v2': ['acme/user@v1'],
  'acme/kit/sub@v3': ['acme/leaf@v1'],
  'acme/user@v1': ['acme/kit@v1'],
  'acme/user@v2': ['acme/leaf@v1', 'acme/kit/sub@v2'],
  'acme/user@v3': ['acme/leaf@v1'],
}

const COMMITS: Readonly<Record<string, number>> = {
  'acme/leaf@v1': 1,
  'acme/kit@v1': 2,
  'acme/kit@v2': 3,
  'acme/kit@v3': 4,
  'acme/user@v1': 5,
  'acme/user@v2': 6,
  'acme/user@v3': 7,
}

const manifests = (repo: string, version: string): Record<string, string> => ({
  'action.yml': composite(...(USES[`${repo}@${version}`] ?? [])),
  'sub/action.yml': composite(...(USES[`${repo}/sub@${version}`] ?? ['run: true'])),
})

let github: LocalGitHub
beforeAll(async () => {
  github = await startGitHub({
    worlds: [
      makeWorld('acme/leaf', { tags: { v1: 1 } }),
      makeWorld('acme/kit', {
        tags: { v1: 2, v2: 3, v3: 4 },
        manifests: {
          2: manifests('acme/kit', 'v1'),
          3: manifests('acme/kit', 'v2'),
          4: manifests('acme/kit', 'v3'),
        },
      }),
      makeWorld('acme/user', {
        tags: { v1: 5, v2: 6, v3: 7 },
        manifests: {
          5: manifests('acme/user', 'v1'),
          6: manifests('acme/user', 'v2'),
          7: manifests('acme/user', 'v3'),
        },
      }),
    ],
  })
})
afterAll(() => github.close())

const SELF = ['--nested', 'vendor', '--refer-by', 'self'] as const

test('whatever was copied before, all that is used is the commit that it was to be, and a second run changes nothing', async () => {
  const steps = fc.uniqueArray(fc.constantFrom(...Object.keys(USES)), {
    minLength: 1,
    maxLength: 4,
  })
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 3 }), async (rounds) => {
      const made = await repository({ [CI]: workflow('run: true') }, github)
      for (const wanted of rounds) {
        await putFiles(made.root, { [CI]: workflow(...wanted) })
        expect(await made.run(...SELF)).toMatchObject({ code: 0 })
        const behind = await readBehind(made)
        expect(behind(await made.read(CI))).toEqual(wanted.map(pinned))
        for (const { file, name, commit } of await copiedIn(made))
          expect(behind(await made.read(file))).toEqual(usesAt(name, commit))
        expect(await made.run(...SELF, '--dry-run', '--exit-code')).toMatchObject({ code: 0 })
        expect(await made.run('check', '--offline')).toMatchObject({ code: 0 })
      }
    }),
    { numRuns: 8 },
  )
}, 60_000)

test('all places that use a copy are led to one version', async () => {
  const steps = fc.uniqueArray(fc.constantFrom(...Object.keys(USES)), { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(steps, fc.constantFrom('v1', 'v2', 'v3'), async (others, version) => {
      const made = await repository({ [CI]: workflow('acme/kit@v2', ...others) }, github)
      await made.run(...SELF)
      const name = `acme/kit@${version}`
      expect(await made.run('vendor', name, '--refer-by', 'self')).toMatchObject({ code: 0 })
      const behind = await readBehind(made)
      const texts = await Promise.all(
        [CI, ...(await copiedIn(made)).map(({ file }) => file)].map(made.read),
      )
      const used = texts.flatMap(behind).filter((each) => each.startsWith('acme/kit@'))
      expect(new Set(used)).toEqual(new Set([pinned(name)]))
      expect(await made.run('check', '--offline')).toMatchObject({ code: 0 })
      const { stdout } = await made.run('graph', '--format', 'json')
      expect(JSON.parse(stdout).verdict).toBe('passes')
    }),
    { numRuns: 8 },
  )
}, 60_000)

/** An action of a copy. */
interface Copied {
  /** Its manifest, below the root of the repository. */
  readonly file: string
  /** `owner/repo[/path]`. */
  readonly name: string
  readonly commit: string
}

/** What the record says of what is copied. */
async function copiedIn({ read }: Repository): Promise<Copied[]> {
  const { copies } = JSON.parse(await read(RECORD).catch(() => '{ "copies": [] }'))
  const copied: Copied[] = []
  for (const { source, folder = source, commit, actions } of copies)
    for (const { path } of actions) {
      const below = path === '' ? '' : `/${path}`
      const file = `${ACTIONS}/${folder}${below}/action.yml`
      copied.push({ file, name: `${source}${below}`, commit })
    }
  return copied
}

/** The references of a text, those to copies as what was copied. */
async function readBehind(made: Repository): Promise<(text: string) => string[]> {
  const copied = await copiedIn(made)
  const original = (reference: string): string => {
    const parsed = parseReference(reference, 'step')
    if (typeof parsed === 'string' || parsed.kind !== 'self') return reference
    const copy = copied.find(({ file }) => file === `${parsed.path}/action.yml`)
    return copy === undefined ? `no copy: ${reference}` : `${copy.name}@${copy.commit}`
  }
  return (text) =>
    [...text.matchAll(/uses: (\S+)/g)].map(([, reference = '']) => original(reference))
}

function usesAt(name: string, commit: string): string[] {
  const [key = ''] = Object.keys(USES).filter((each) => pinned(each) === `${name}@${commit}`)
  const [, version = ''] = key.split('@')
  return (USES[key] ?? []).map((each) => pinned(each === '$/sub' ? `${name}/sub@${version}` : each))
}

/** A reference by its tag as the same by its commit. */
function pinned(reference: string): string {
  const [name = '', version = ''] = reference.split('@')
  const [owner = '', repo = ''] = name.split('/')
  return `${name}@${sha(COMMITS[`${owner}/${repo}@${version}`] ?? 0)}`
}
