import { describe, expect, test } from 'vitest'
import type { VendorObstacle } from '../../../src/domain/vendor-obstacle.ts'
import { draftAction, type DraftedAction } from '../../../src/remedy/vendor/draft.ts'
import { commit } from '../../support/known-refs.ts'
import { archiveOf, compositeOf, type FileInShort } from '../archives.ts'

const NAME = { owner: 'acme', repo: 'kit', folder: '.github/actions/acme/kit' }
const RUN = compositeOf('$GITHUB_ACTION_PATH/run.sh')

/** Drafts the copy of an action of a repository with these files. */
function draft(
  files: Readonly<Record<string, FileInShort>>,
  folder = '',
): DraftedAction | VendorObstacle {
  return draftAction(NAME, commit(1), archiveOf(files), folder)
}

/** The paths of what comes along; an obstacle as it is. */
function filesOf(drafted: DraftedAction | VendorObstacle): string[] | VendorObstacle {
  return drafted.kind === 'drafted' ? [...drafted.files.keys()] : drafted
}

describe('what comes along', () => {
  const LICENCES = { LICENSE: 'MIT', 'COPYING.LESSER': 'x', 'NOTICE.md': 'x', 'license-mit': 'x' }

  test('the manifest and the licences, of what does not speak of its folder', () => {
    const files = { ...LICENCES, 'action.yml': compositeOf('true'), 'run.sh': 'x', README: 'x' }
    expect(filesOf(draft(files))).toEqual([
      'COPYING.LESSER',
      'LICENSE',
      'NOTICE.md',
      'action.yml',
      'license-mit',
    ])
  })

  test('those of its folder and of the repository, and no others', () => {
    const files = {
      LICENSE: 'MIT',
      'LICENSES/MIT.txt': 'x',
      'other/LICENSE': 'x',
      'one/action.yaml': compositeOf('true'),
      'one/licence.txt': 'x',
      'one/licensed.js': 'x',
      'one/deep/LICENSE': 'x',
    }
    expect(filesOf(draft(files, 'one'))).toEqual([
      'LICENSE',
      'LICENSES/MIT.txt',
      'one/action.yaml',
      'one/licence.txt',
    ])
  })

  test('the whole folder of what speaks of it, without what git and GitHub read', () => {
    const files = {
      'README.md': 'x',
      'one/action.yml': RUN,
      'one/run.sh': 'x',
      'one/deep/data.txt': 'x',
      'one/.gitignore': 'dist',
      'one/.npmrc': 'x',
    }
    expect(filesOf(draft(files, 'one'))).toEqual([
      'one/.npmrc',
      'one/action.yml',
      'one/deep/data.txt',
      'one/run.sh',
    ])
  })

  test('the whole repository, of an action in its root', () => {
    const files = {
      'action.yml': RUN,
      'src/a.js': 'x',
      '.gitattributes': 'x',
      '.gitmodules': 'x',
      '.git/config': 'x',
      'deep/.git/hooks/post-checkout': 'x',
      '.github/workflows/ci.yml': 'x',
      '.github/scripts/a.sh': 'x',
    }
    expect(filesOf(draft(files))).toEqual(['.github/scripts/a.sh', 'action.yml', 'src/a.js'])
  })

  test('a comment in the manifest asks for nothing', () => {
    const manifest = `# see $GITHUB_ACTION_PATH/../x\n${compositeOf('true')}`
    expect(filesOf(draft({ 'one/action.yml': manifest, 'one/a': 'x' }, 'one'))).toEqual([
      'one/action.yml',
    ])
  })

  test('what may be run, still may', () => {
    const drafted = draft({ 'action.yml': RUN, 'run.sh': { run: '#!/bin/sh' }, 'a.txt': 'x' })
    const files = drafted.kind === 'drafted' ? [...drafted.files.values()] : []
    expect(files.filter(({ executable }) => executable).map(({ path }) => path)).toEqual(['run.sh'])
  })
})

describe('what is reached by ..', () => {
  const tree = {
    'action.yml': compositeOf('true'),
    'lib/a.sh': 'x',
    'lib/b/c.sh': 'x',
    'one/other.txt': 'x',
    'top.sh': 'x',
  }
  const reaching = (step: string): Record<string, FileInShort> => ({
    ...tree,
    'one/action.yml': compositeOf(step),
  })

  test.each([
    ['$GITHUB_ACTION_PATH/../lib/a.sh', ['lib/a.sh']],
    ['$GITHUB_ACTION_PATH/../lib', ['lib/a.sh', 'lib/b/c.sh']],
    ['$GITHUB_ACTION_PATH/../lib/$NAME.sh', ['lib/a.sh', 'lib/b/c.sh']],
    ['cd $GITHUB_ACTION_PATH; cat ../top.sh', ['top.sh']],
    ['$GITHUB_ACTION_PATH/x && cat ../not-there', []],
    ['$GITHUB_ACTION_PATH/x && cd ..', []],
    ['cd "$GITHUB_ACTION_PATH/.."', ['action.yml', 'lib/a.sh', 'lib/b/c.sh', 'top.sh']],
  ])('%s brings it along', (step, more) => {
    const own = ['one/action.yml', 'one/other.txt']
    expect(filesOf(draft(reaching(step), 'one'))).toEqual([...own, ...more].toSorted())
  })

  test.each([
    ['$GITHUB_ACTION_PATH/../$NAME', '$GITHUB_ACTION_PATH/../$NAME', 'dynamic'],
    ['cd $GITHUB_ACTION_PATH; cat ../$NAME', '../$NAME', 'dynamic'],
    ['$GITHUB_ACTION_PATH/../../x', '$GITHUB_ACTION_PATH/../../x', 'outside'],
    ['$GITHUB_ACTION_PATH/../nothing.sh', '$GITHUB_ACTION_PATH/../nothing.sh', 'nothing'],
  ])('%s is refused, with its place', (step, written, fault) => {
    expect(draft(reaching(step), 'one')).toMatchObject({
      kind: 'reach',
      file: 'one/action.yml',
      position: { line: 5 },
      written,
      fault,
    })
  })

  test('an action in the root reaches nothing above it', () => {
    expect(draft({ 'action.yml': compositeOf('$GITHUB_ACTION_PATH/../x') })).toMatchObject({
      fault: 'outside',
    })
  })

  test.each([
    ['source "$(dirname "$0")/../lib/a.sh"', ['lib/a.sh']],
    [
      'ROOT="$(cd "$(dirname "$0")/.." && pwd)"',
      ['action.yml', 'lib/a.sh', 'lib/b/c.sh', 'top.sh'],
    ],
    ['import x from "../lib/a.sh"', ['lib/a.sh']],
    ['cd ..', []],
    ['cat ../../../etc/passwd', []],
  ])('so do the scripts that come along: %s', (script, more) => {
    const files = { ...tree, 'one/action.yml': RUN, 'one/run.sh': script }
    const own = ['one/action.yml', 'one/other.txt', 'one/run.sh']
    expect(filesOf(draft(files, 'one'))).toEqual([...own, ...more].toSorted())
  })

  test('and the scripts that these bring', () => {
    const files = {
      'one/action.yml': compositeOf('$GITHUB_ACTION_PATH/../a/a.sh'),
      'a/a.sh': 'source "$(dirname "$0")/../b/b.sh"',
      'b/b.sh': 'source "$(dirname "$0")/../a/a.sh"; cat "$GITHUB_ACTION_PATH/../c.txt"',
      'c.txt': 'x',
    }
    expect(filesOf(draft(files, 'one'))).toEqual(['a/a.sh', 'b/b.sh', 'c.txt', 'one/action.yml'])
  })
})

describe('what cannot be copied', () => {
  test.each<[string, Readonly<Record<string, FileInShort>>, object]>([
    ['no manifest', { 'a.txt': 'x' }, { kind: 'manifest' }],
    ['a manifest that is no YAML', { 'action.yml': 'a: [' }, { kind: 'manifest' }],
    ['one without runs', { 'action.yml': 'name: x' }, { kind: 'manifest' }],
    ['one that is no text', { 'action.yml': Uint8Array.of(0xff) }, { kind: 'manifest' }],
    [
      'a JavaScript action',
      { 'action.yml': 'runs: { using: node20, main: x.js }' },
      { kind: 'not-composite', using: 'node20' },
    ],
    ['a Dockerfile alone', { Dockerfile: 'FROM x' }, { kind: 'not-composite', using: 'docker' }],
    [
      'a link out of the repository',
      { 'action.yml': RUN, 'run.sh': { link: '../../bin/sh' } },
      { kind: 'link', file: 'run.sh', target: '../../bin/sh' },
    ],
    ['an absolute link', { 'action.yml': RUN, 'run.sh': { link: '/bin/sh' } }, { kind: 'link' }],
    ['a link to nothing', { 'action.yml': RUN, 'run.sh': { link: 'x' } }, { kind: 'link' }],
    [
      'a link to a folder',
      { 'action.yml': RUN, 'a/b': 'x', c: { link: 'a' } },
      { kind: 'link', file: 'c' },
    ],
    [
      'links in a circle',
      { 'action.yml': RUN, a: { link: 'b' }, b: { link: 'a' } },
      { kind: 'link' },
    ],
    [
      'a pointer of Git LFS',
      { 'action.yml': RUN, 'a.bin': 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n' },
      { kind: 'lfs', file: 'a.bin' },
    ],
    [
      'a name that Windows has for a device',
      { 'action.yml': RUN, 'lib/aux.sh': 'x' },
      { kind: 'unsafe-name' },
    ],
    ['a name with a colon', { 'action.yml': RUN, 'a:b': 'x' }, { kind: 'unsafe-name' }],
    [
      'a $/ that cannot be edited in place',
      { 'action.yml': 'runs:\n  using: composite\n  steps:\n    - uses: "$/\\x61"\n' },
      { kind: 'self-reference', position: { line: 4, column: 13 }, written: '$/a' },
    ],
    [
      'a $/ that leads out of its repository',
      { 'action.yml': compositeOf('uses: $/../x') },
      { kind: 'self-reference', written: '$/../x' },
    ],
  ])('%s', (_, files, obstacle) => {
    expect(draft(files)).toMatchObject(obstacle)
  })

  test('what is wrong with files that do not come along is none of its business', () => {
    const files = { 'action.yml': compositeOf('true'), 'run.sh': { link: '/bin/sh' }, 'aux.c': 'x' }
    expect(filesOf(draft(files))).toEqual(['action.yml'])
  })
})

test('a link to a file of the repository comes as that file', () => {
  const drafted = draft(
    {
      'one/action.yml': RUN,
      'one/run.sh': { link: 'via' },
      'one/via': { link: '../bin/run' },
      'bin/run': { run: '#!/bin/sh' },
    },
    'one',
  )
  const file = drafted.kind === 'drafted' ? drafted.files.get('one/run.sh') : undefined
  expect(file).toMatchObject({ path: 'one/run.sh', executable: true })
  expect(Buffer.from(file?.bytes ?? []).toString()).toBe('#!/bin/sh')
})

describe('what its owner should know', () => {
  test.each([
    ['no licence', { 'action.yml': RUN }, ['no-licence']],
    ['a licence', { 'action.yml': RUN, LICENSE: 'x' }, []],
    [
      'what asks how it was called',
      { 'action.yml': RUN, LICENSE: 'x', 'run.sh': 'echo $GITHUB_ACTION_REF' },
      ['reads-own-ref'],
    ],
  ])('%s', (_, files, notes) => {
    expect(draft(files)).toMatchObject({ notes })
  })
})

describe('$/ references', () => {
  const files = {
    'action.yml': compositeOf('uses: $/sub # mine', "uses: '$/js'", 'uses: ./local', 'uses: $/'),
    'sub/action.yml': compositeOf('true'),
    'js/action.yml': 'runs: { using: node20 }',
  }

  test('name their repository and its commit, and nothing else changes', () => {
    const drafted = draft(files)
    const located = drafted.kind === 'drafted' ? drafted.manifests.get('action.yml') : undefined
    expect(located?.parsed.text).toBe(
      compositeOf(
        `uses: acme/kit/sub@${commit(1)} # mine`,
        `uses: 'acme/kit/js@${commit(1)}'`,
        'uses: ./local',
        `uses: acme/kit@${commit(1)}`,
      ),
    )
  })

  test('to composites are told, since these are copied too', () => {
    expect(draft(files)).toMatchObject({ composites: ['sub', ''] })
  })

  test('in manifests beside it are written out as well', () => {
    const beside = { ...files, 'action.yml': RUN, 'sub/action.yml': compositeOf('uses: $/js') }
    const drafted = draft(beside)
    const located = drafted.kind === 'drafted' ? drafted.manifests.get('sub/action.yml') : undefined
    expect(located?.parsed.text).toBe(compositeOf(`uses: acme/kit/js@${commit(1)}`))
    expect(drafted).toMatchObject({ composites: [] })
  })
})

test('manifests beside its own that cannot be understood are problems with their places in the copy', () => {
  const files = { 'action.yml': RUN, 'a/action.yml': 'a: [', 'b/action.yaml': 'not: one' }
  expect(draft(files)).toMatchObject({
    problems: [{ code: 'yaml', file: '.github/actions/acme/kit/a/action.yml' }],
  })
})
