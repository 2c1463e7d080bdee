import { describe, expect, test } from 'vitest'
import {
  compareVendored,
  formatVendorManifest,
  type StandingFile,
  type VendoredRepository,
  type VendorManifest,
} from '../../../src/remedy/vendor/manifest.ts'
import { parseVendorManifest } from '../../../src/remedy/vendor/schema.ts'
import { commit } from '../../support/known-refs.ts'

const digest = (letter: string): string => letter.repeat(64)

const FOLDER = '.github/actions/acme/kit'

const KIT: VendoredRepository = {
  owner: 'acme',
  repo: 'kit',
  folder: FOLDER,
  host: 'github.com',
  commit: commit(1),
  actions: [
    { path: '', version: 'v1.0.0' },
    { path: 'sub', version: undefined },
  ],
  files: [
    { path: 'action.yml', sha256: digest('a'), executable: false },
    { path: 'run.sh', sha256: digest('b'), executable: true },
  ],
}

const manifestOf = (...copies: readonly VendoredRepository[]): VendorManifest => ({
  kind: 'vendor-manifest',
  copies,
})

describe('the record of copies', () => {
  test('is read as it was written', () => {
    const beta = { ...KIT, owner: 'Beta', folder: '.github/actions/Beta/kit' }
    const second = { ...KIT, folder: `${FOLDER}-2`, commit: commit(2) }
    const manifest = manifestOf(KIT, second, beta)
    expect(parseVendorManifest(formatVendorManifest(manifest))).toEqual(manifest)
  })

  test('is the same, in whatever order its parts come', () => {
    const other = { ...KIT, folder: `${FOLDER}-2`, commit: commit(2) }
    const turned = {
      ...KIT,
      actions: KIT.actions.toReversed(),
      files: KIT.files.toReversed(),
    }
    expect(formatVendorManifest(manifestOf(other, turned))).toBe(
      formatVendorManifest(manifestOf(KIT, other)),
    )
  })

  test('names a folder only where that does not bear the name of its source', () => {
    const other = { ...KIT, folder: `${FOLDER}-2`, commit: commit(2) }
    const { copies } = JSON.parse(formatVendorManifest(manifestOf(KIT, other)))
    expect(copies.map(({ folder }: { folder?: string }) => folder)).toEqual([
      undefined,
      'acme/kit-2',
    ])
  })

  test('holds no dates, and ends as a file does', () => {
    const text = formatVendorManifest(manifestOf(KIT))
    expect(text.endsWith('}\n')).toBe(true)
    expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}/)
  })

  const valid = JSON.parse(formatVendorManifest(manifestOf(KIT)))
  const [copy] = valid.copies
  const withCopy = (changes: object): string =>
    JSON.stringify({ ...valid, copies: [{ ...copy, ...changes }] })

  test.each([
    ['no JSON', '{', 'not JSON'],
    ['no object', '[]', 'version: '],
    ['another version', JSON.stringify({ ...valid, version: 2 }), 'another version of pinsmith'],
    ['a source that is no repository', withCopy({ source: 'acme' }), 'copies.0.source: '],
    ['a source that leads out', withCopy({ source: '../..' }), 'copies.0.source: '],
    ['a shortened commit', withCopy({ commit: '1234567' }), 'no full commit SHA'],
    [
      'a path that leads out',
      withCopy({ files: [{ path: 'a/../../b', sha256: digest('a') }] }),
      'copies.0.files.0.path: ',
    ],
    [
      'an absolute path',
      withCopy({ files: [{ path: '/etc/passwd', sha256: digest('a') }] }),
      'copies.0.files.0.path: ',
    ],
    ['a digest that is none', withCopy({ files: [{ path: 'a', sha256: 'abc' }] }), 'no SHA-256'],
    [
      'an action that leads out',
      withCopy({ actions: [{ path: '..' }] }),
      'copies.0.actions.0.path',
    ],
    [
      'a repository twice at one commit',
      JSON.stringify({ ...valid, copies: [copy, { ...copy, source: 'ACME/kit', folder: 'a/b' }] }),
      'ACME/kit stands in it twice at one commit',
    ],
    [
      'two copies in one folder',
      JSON.stringify({
        ...valid,
        copies: [copy, { ...copy, commit: commit(2), folder: 'Acme/Kit' }],
      }),
      'two copies stand in .github/actions/Acme/Kit',
    ],
    ['a folder that leads out', withCopy({ folder: '../..' }), 'copies.0.folder: '],
    ['a folder in that of others', withCopy({ folder: 'acme/kit/sub' }), 'copies.0.folder: '],
  ])('with %s is refused, with the reason', (_, text, reason) => {
    expect(parseVendorManifest(text)).toContain(reason)
  })
})

const standing = (letter: string, executable = false): StandingFile => ({
  digests: [digest(letter)],
  executable,
})
const whole: readonly (readonly [string, StandingFile])[] = [
  [`${FOLDER}/action.yml`, standing('a')],
  [`${FOLDER}/run.sh`, standing('b', true)],
]
const compare = (...files: readonly (readonly [string, StandingFile])[]) =>
  compareVendored(manifestOf(KIT), new Map(files))[0]

describe('a copy is held against its record', () => {
  test('untouched', () => {
    expect(compare(...whole)).toEqual({
      copy: KIT,
      edited: [],
      modes: [],
      missing: [],
      added: [],
    })
  })

  test('edited, missing and added files are told apart', () => {
    expect(
      compare([`${FOLDER}/action.yml`, standing('c')], [`${FOLDER}/new.txt`, standing('d')]),
    ).toMatchObject({
      edited: [`${FOLDER}/action.yml`],
      missing: [`${FOLDER}/run.sh`],
      added: [`${FOLDER}/new.txt`],
    })
  })

  test('a file that may no longer be run is no edit, and told where the system knows', () => {
    const path = `${FOLDER}/run.sh`
    expect(compare([path, standing('b', false)])).toMatchObject({ edited: [], modes: [path] })
    expect(compare([path, standing('c', false)])).toMatchObject({ edited: [path], modes: [] })
    const unknown = { ...standing('b'), executable: undefined }
    expect(compare([path, unknown])).toMatchObject({ edited: [], modes: [] })
  })

  test('a link in place of a file is an edit', () => {
    const path = `${FOLDER}/action.yml`
    expect(compare([path, { digests: [], executable: undefined }])?.edited).toEqual([path])
  })

  test('other line ends are none', () => {
    const path = `${FOLDER}/action.yml`
    const digests = [digest('f'), digest('a')]
    expect(compare([path, { digests, executable: false }])?.edited).toEqual([])
  })

  test('files of a folder with a longer name are not of it', () => {
    expect(compare(['.github/actions/acme/kit-2/a', standing('a')], ...whole)?.added).toEqual([])
  })
})
