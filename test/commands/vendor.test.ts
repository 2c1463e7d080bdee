import { chmod, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onWindows } from '../cli/support.ts'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { tarOf } from '../support/github/tar.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { git, putFiles, temporaryFolder } from '../support/temporary-folder.ts'
import {
  ACTIONS,
  CI,
  composite,
  RECORD,
  repository,
  treeOf,
  workflow,
  type Repository,
} from './vendor-support.ts'

const NODE = 'runs: { using: node20, main: index.js }\n'
// What `acme/deep/sub` uses by `./`.
const WORKSPACE = { 'workspace/action.yml': NODE }
const BYTES = Uint8Array.from({ length: 300 }, (_, n) => (n * 7) % 256)

let github: LocalGitHub
beforeAll(async () => {
  github = await startGitHub({
    worlds: [
      makeWorld('acme/leaf', { tags: { v1: 1, 'v1.2.0': 1 } }),
      makeWorld('acme/clean', {
        tags: { v1: 2 },
        manifests: { 2: { 'action.yml': composite(`acme/leaf@${sha(1)} # v1.2.0`) } },
      }),
      makeWorld('acme/flat', {
        tags: { v2: 10, 'v2.0.0': 10, v3: 11, 'v3.0.0': 11 },
        manifests: {
          10: { 'action.yml': composite('acme/leaf@v1 # the leaf'), LICENSE: 'MIT\n', 'x.js': '' },
          11: { 'action.yml': composite('acme/leaf@v1'), NOTICE: 'x\n' },
        },
      }),
      makeWorld('acme/deep', {
        tags: { v1: 12, 'v1.0.0': 12 },
        manifests: {
          12: {
            'action.yaml': composite('acme/flat@v2', 'acme/clean@v1', 'acme/deep/sub@v1'),
            'sub/action.yml': composite('./workspace', 'acme/leaf@v1'),
          },
        },
      }),
      makeWorld('acme/selfish', {
        tags: { v1: 13 },
        manifests: {
          13: {
            'action.yml': composite('acme/leaf@v1', '$/sub', '$/js # js'),
            'sub/action.yml': composite('run: echo', '$/js'),
            'js/action.yml': NODE,
          },
        },
      }),
      makeWorld('acme/files', {
        tags: { v1: 14 },
        manifests: {
          14: {
            LICENSE: 'MIT\n',
            'one/action.yml': composite('acme/leaf@v1', 'run: $GITHUB_ACTION_PATH/../lib/run.sh'),
            'one/data.bin': BYTES,
            'one/.gitignore': '*',
            'lib/run.sh': '#!/bin/sh\nsource "$(dirname "$0")/../top.sh"\n',
            'lib/other.sh': 'x',
            'top.sh': 'x',
          },
        },
        executables: { 14: ['lib/run.sh'] },
      }),
      makeWorld('acme/round', {
        tags: { v1: 15 },
        manifests: { 15: { 'action.yml': composite('acme/about@v1') } },
      }),
      makeWorld('acme/about', {
        tags: { v1: 16 },
        manifests: { 16: { 'action.yml': composite('acme/round@v1', 'acme/about@v1') } },
      }),
      makeWorld('acme/two', {
        tags: { v1: 17 },
        manifests: { 17: { 'action.yml': composite('acme/flat@v3', 'acme/deep@v1') } },
      }),
      makeWorld('acme/lost', {
        tags: { v1: 18 },
        manifests: { 18: { 'action.yml': composite('acme/gone@v1') } },
      }),
      makeWorld('acme/mislabelled', {
        tags: { v1: 33 },
        manifests: {
          33: { 'action.yml': composite('acme/leaf@v1', `acme/leaf@${sha(1)} # v9.9.9`) },
        },
      }),
      makeWorld('acme/loses', {
        tags: { v1: 30 },
        manifests: { 30: { 'action.yml': composite('acme/flat@v2', 'acme/lost@v1') } },
      }),
      makeWorld('acme/linking', {
        tags: { v1: 31 },
        manifests: { 31: { 'action.yml': composite('acme/flat@v2', 'acme/links@v1') } },
      }),
      makeWorld('acme/escaped', {
        tags: { v1: 32 },
        manifests: { 32: { 'action.yml': composite('acme/flat@v2', '"acme/leaf@v\\x31"') } },
      }),
      makeWorld('acme/links', {
        tags: { v1: 19 },
        manifests: {
          19: { 'action.yml': composite('acme/leaf@v1', 'run: $GITHUB_ACTION_PATH/run') },
        },
        links: { 19: { run: '/bin/sh' } },
      }),
      makeWorld('acme/hostile', {
        tags: { v1: 20 },
        manifests: { 20: { 'action.yml': composite('acme/leaf@v1') } },
        archives: { 20: Buffer.from('this is no archive') },
      }),
      makeWorld('acme/evil', {
        tags: { v1: 25 },
        manifests: { 25: { 'action.yml': composite('acme/leaf@v1') } },
        archives: {
          25: gzipSync(
            tarOf(sha(25), [
              { path: 't/action.yml', content: composite('acme/leaf@v1') },
              { path: 't/../../../evil.sh', content: 'x' },
            ]),
          ),
        },
      }),
      makeWorld('acme/flows', {
        tags: { v1: 21 },
        manifests: { 21: { '.github/workflows/x.yml': workflow('acme/leaf@v1') } },
      }),
      makeWorld('acme/marked', {
        tags: { v1: 22 },
        manifests: {
          22: { 'action.yml': composite('acme/leaf@v1 # pinsmith: ignore', 'acme/leaf@v1 #x') },
        },
      }),
      makeWorld('acme/now', {
        renamedFrom: ['acme/then'],
        tags: { v1: 23 },
        manifests: { 23: { 'action.yml': composite('acme/leaf@v1') } },
      }),
      makeWorld('acme/private', {
        private: true,
        tags: { v1: 24 },
        manifests: { 24: { 'action.yml': composite('acme/leaf@v1') } },
      }),
      makeWorld('Acme/loud', {
        tags: { v1: 26 },
        manifests: { 26: { 'action.yml': composite('acme/leaf@v1') } },
      }),
      makeWorld('acme/crlf', {
        tags: { v1: 27 },
        manifests: { 27: { 'action.yml': composite('acme/leaf@v1').replaceAll('\n', '\r\n') } },
      }),
      makeWorld('actions/checkout', { tags: { v4: 5, 'v4.0.0': 5 } }),
    ],
  })
})
afterAll(() => github.close())

const LEAF = `acme/leaf@${sha(1)} # v1.2.0`
const CHECKOUT = `actions/checkout@${sha(5)} # v4.0.0`
const SELF = ['--nested', 'vendor', '--refer-by', 'self'] as const

describe.each([true, false])('pin --nested vendor, with a token: %s', (withToken) => {
  const start = (files: Readonly<Record<string, string | Uint8Array>>) =>
    repository(files, github, withToken)

  test('copies what blocks, pins what that uses, and uses the copy: then it passes', async () => {
    const { run, read, changed } = await start({ [CI]: workflow('acme/flat@v2 # v2 # keep me') })
    const { code, stderr } = await run(...SELF)
    expect(code).toBe(0)
    expect(stderr).toContain('passes: everything that 1 workflow runs is pinned')
    expect(await read(CI)).toBe(workflow(`$/${ACTIONS}/acme/flat # keep me`))
    expect(await read(`${ACTIONS}/acme/flat/action.yml`)).toBe(
      composite(`acme/leaf@${sha(1)} # v1.2.0 # the leaf`),
    )
    expect(await read(`${ACTIONS}/acme/flat/LICENSE`)).toBe('MIT\n')
    expect(changed()).toEqual([
      ` M ${CI}`,
      `?? ${ACTIONS}/acme/flat/LICENSE`,
      `?? ${ACTIONS}/acme/flat/action.yml`,
      `?? ${RECORD}`,
    ])
  })

  test('goes on to what the copies use, each once; what is clean is pinned alone', async () => {
    const { run, read, changed } = await start({
      ...WORKSPACE,
      [CI]: workflow('acme/deep@v1', 'acme/clean@v1', 'acme/flat@v2'),
    })
    expect((await run(...SELF)).code).toBe(0)
    expect(await read(CI)).toBe(
      workflow(`$/${ACTIONS}/acme/deep`, `acme/clean@${sha(2)} # v1`, `$/${ACTIONS}/acme/flat`),
    )
    expect(await read(`${ACTIONS}/acme/deep/action.yaml`)).toBe(
      composite(
        `$/${ACTIONS}/acme/flat`,
        `acme/clean@${sha(2)} # v1`,
        `$/${ACTIONS}/acme/deep/sub`,
      ),
    )
    expect(await read(`${ACTIONS}/acme/deep/sub/action.yml`)).toBe(composite('./workspace', LEAF))
    expect(changed().length).toBe(6)
  })

  test('leads $/ to the copy of what it meant, or names and pins that', async () => {
    const { run, read } = await start({ [CI]: workflow('acme/selfish@v1') })
    const { code, stderr } = await run(...SELF)
    expect({ code, passes: stderr.includes('passes:') }).toEqual({ code: 0, passes: true })
    const js = `acme/selfish/js@${sha(13)} # v1`
    expect(await read(`${ACTIONS}/acme/selfish/action.yml`)).toBe(
      composite(LEAF, `$/${ACTIONS}/acme/selfish/sub`, `${js} # js`),
    )
    expect(await read(`${ACTIONS}/acme/selfish/sub/action.yml`)).toBe(composite('run: echo', js))
  })

  test('brings what the action reaches, to the byte and with its modes', async () => {
    const { root, run } = await start({ [CI]: workflow('acme/files/one@v1') })
    expect((await run(...SELF)).code).toBe(0)
    const { [RECORD]: record, [CI]: _, ...copy } = await treeOf(root)
    expect(record).toContain('"source": "acme/files"')
    const folder = `${ACTIONS}/acme/files`
    expect(copy).toEqual({
      [`${folder}/LICENSE`]: 'MIT\n',
      [`${folder}/one/action.yml`]: composite(LEAF, 'run: $GITHUB_ACTION_PATH/../lib/run.sh'),
      [`${folder}/one/data.bin`]: Buffer.from(BYTES).toString('latin1'),
      [`${folder}/lib/run.sh`]: `${onWindows ? '' : '*'}#!/bin/sh\nsource "$(dirname "$0")/../top.sh"\n`,
      [`${folder}/top.sh`]: 'x',
    })
  })

  test('ends where actions use each other', async () => {
    const { run, read } = await start({ [CI]: workflow('acme/round@v1') })
    expect((await run(...SELF)).code).toBe(0)
    expect(await read(`${ACTIONS}/acme/about/action.yml`)).toBe(
      composite(`$/${ACTIONS}/acme/round`, `$/${ACTIONS}/acme/about`),
    )
  })

  test('a second run changes nothing, before and after a commit', async () => {
    const { root, run } = await start({
      ...WORKSPACE,
      [CI]: workflow('acme/deep@v1', 'acme/selfish@v1'),
    })
    await run(...SELF)
    const once = await treeOf(root)
    expect(await run(...SELF)).toMatchObject({ code: 0 })
    expect(await treeOf(root)).toEqual(once)
    git(root, 'add', '--all')
    git(root, 'commit', '--quiet', '--message=copied')
    for (const args of [SELF, ['--nested', 'upgrade'], []])
      expect(await run(...args)).toMatchObject({ code: 0 })
    expect(git(root, 'status', '--porcelain')).toBe('')
  })

  test('a dry run writes nothing, judges the same, and prints what git apply makes the same of', async () => {
    const { root, run } = await start({
      ...WORKSPACE,
      [CI]: workflow('acme/deep@v1', 'acme/files/one@v1', 'acme/leaf@v1'),
    })
    const dry = await run(...SELF, '--dry-run')
    expect({ code: dry.code, passes: dry.stderr.includes('passes:') }).toEqual({
      code: 0,
      passes: true,
    })
    expect(git(root, 'status', '--porcelain')).toBe('')
    expect((await run(...SELF, '--dry-run', '--exit-code')).code).toBe(1)
    await run(...SELF)
    const written = await treeOf(root)
    git(root, 'checkout', '--quiet', '.')
    git(root, 'clean', '--quiet', '--force', '-d')
    await putFiles(root, { '.git/x.diff': dry.stdout })
    git(root, 'apply', '--whitespace=error-all', '.git/x.diff')
    expect(await treeOf(root)).toEqual(written)
  })

  test('an action that was renamed keeps the name that stands there', async () => {
    const { run, read } = await start({ [CI]: workflow('Acme/Then@v1') })
    expect((await run(...SELF)).code).toBe(0)
    expect(await read(CI)).toContain(`$/${ACTIONS}/Acme/Then\n`)
  })
})

test('with a token, private actions are copied too', async () => {
  const { run, read } = await repository({ [CI]: workflow('acme/private@v1') }, github, true)
  expect((await run(...SELF)).code).toBe(0)
  expect(await read(`${ACTIONS}/acme/private/action.yml`)).toBe(composite(LEAF))
})

test('what its authors want to be ignored is pinned in a copy all the same', async () => {
  const { run, read } = await repository({ [CI]: workflow('acme/marked@v1') }, github)
  expect((await run(...SELF)).code).toBe(0)
  expect(await read(`${ACTIONS}/acme/marked/action.yml`)).toBe(
    composite(`${LEAF} # pinsmith: ignore`, `${LEAF} #x`),
  )
})

test('composites of the repository itself are edited like any file', async () => {
  const { run, read } = await repository(
    { [CI]: workflow('./own'), 'own/action.yml': composite('acme/flat@v2') },
    github,
  )
  const { code, stderr } = await run(...SELF)
  expect({ code, passes: stderr.includes('passes:') }).toEqual({ code: 0, passes: true })
  expect(await read('own/action.yml')).toBe(composite(`$/${ACTIONS}/acme/flat`))
})

test('what is left on purpose is not copied', async () => {
  const { run, changed } = await repository(
    { [CI]: workflow('acme/flat@v2 # pinsmith: ignore', 'acme/deep@v1') },
    github,
  )
  await run(...SELF, '--ignore', 'acme/deep')
  expect(changed()).toEqual([])
})

describe('by ./, where $/ is not known', () => {
  const vendor = ['--nested', 'vendor'] as const

  test('behind a checkout', async () => {
    const { run, read } = await repository(
      { ...WORKSPACE, [CI]: workflow('actions/checkout@v4', 'acme/deep@v1') },
      github,
    )
    const { code, stderr } = await run(...vendor)
    expect({ code, passes: stderr.includes('passes:') }).toEqual({ code: 0, passes: true })
    expect(await read(CI)).toBe(workflow(CHECKOUT, `./${ACTIONS}/acme/deep`))
    expect(await read(`${ACTIONS}/acme/deep/action.yaml`)).toContain(`./${ACTIONS}/acme/flat\n`)
  })

  test('not without one: the place is pinned, and it is said what to add', async () => {
    const files = { [CI]: workflow('acme/flat@v2', 'actions/checkout@v4') }
    const { run, read, changed } = await repository(files, github)
    const { code, stderr } = await run(...vendor)
    expect(code).toBe(1)
    expect(stderr).toContain(`${CI}:6:15  acme/flat@v2`)
    expect(stderr).toContain('add a step with actions/checkout before this one')
    expect(stderr).toContain('blocked:')
    expect(await read(CI)).toBe(workflow(`acme/flat@${sha(10)} # v2.0.0`, CHECKOUT))
    expect(changed()).toEqual([` M ${CI}`])
  })

  test('each place by itself', async () => {
    const files = { [CI]: workflow('acme/flat@v2', 'actions/checkout@v4', 'acme/flat@v2') }
    const { run, read } = await repository(files, github)
    expect((await run(...vendor)).code).toBe(1)
    expect(await read(CI)).toBe(
      workflow(`acme/flat@${sha(10)} # v2.0.0`, CHECKOUT, `./${ACTIONS}/acme/flat`),
    )
  })

  test('not in a workflow that other repositories may call', async () => {
    const text = workflow('actions/checkout@v4', 'acme/flat@v2')
    const files = { [CI]: text.replace('on: push', 'on: [push, workflow_call]') }
    const { run, changed, read } = await repository(files, github)
    const { code, stderr } = await run(...vendor)
    expect(code).toBe(1)
    expect(stderr).toContain('a workflow that others may call')
    expect(changed()).toEqual([` M ${CI}`])
    expect(await read(CI)).toContain(`acme/flat@${sha(10)} # v2.0.0`)
  })

  test('not in an action', async () => {
    const { run, changed } = await repository(
      {
        [CI]: workflow('actions/checkout@v4', './own'),
        'own/action.yml': composite(`acme/flat@${sha(10)} # v2.0.0`),
      },
      github,
    )
    const { code, stderr } = await run(...vendor)
    expect(code).toBe(1)
    expect(stderr).toContain('use the action in the workflow itself')
    expect(changed()).toEqual([` M ${CI}`])
  })
})

describe('what cannot be copied is told, and the rest is done', () => {
  test.each([
    ['acme/links@v1', 'its run is a symbolic link to /bin/sh'],
    ['acme/hostile@v1', 'its files could not be had: '],
    ['acme/evil@v1', 'its files could not be had: the archive’s entry “t/../../../evil.sh”'],
  ])('%s', async (uses, words) => {
    const { run, read, changed } = await repository(
      { [CI]: workflow(uses, 'acme/flat@v2') },
      github,
    )
    const { code, stderr } = await run(...SELF)
    expect(code).toBe(1)
    expect(stderr).toContain(`${CI}:6:15  ${uses}`)
    expect(stderr).toContain(words)
    expect(stderr).toContain('blocked:')
    expect(await read(CI)).toMatch(/acme\/\w+@[0-9a-f]{40} # v1\n.*acme\/flat\n$/)
    expect(changed().length).toBe(4)
  })

  test('a called workflow', async () => {
    const calls = `on: push\njobs:\n  call:\n    uses: acme/flows/.github/workflows/x.yml@v1\n`
    const { run } = await repository({ [CI]: calls }, github)
    const { code, stderr } = await run(...SELF)
    expect(code).toBe(1)
    expect(stderr).toContain('a called workflow cannot be copied as an action')
    expect(stderr).toContain('`pinsmith patch acme/flows`')
    expect(stderr).not.toContain('--nested vendor')
  })

  test('a called workflow beside an action: what can be copied is', async () => {
    const call = '  call:\n    uses: acme/flows/.github/workflows/x.yml@v1\n'
    const { run, read } = await repository({ [CI]: `${workflow('acme/flat@v2')}${call}` }, github)
    const { code, stderr } = await run(...SELF)
    expect(code).toBe(1)
    expect(stderr).toContain(`${CI}:8:11  acme/flows/.github/workflows/x.yml@v1`)
    expect(await read(CI)).toContain(`uses: $/${ACTIONS}/acme/flat\n`)
    expect(await read(CI)).toContain(`uses: acme/flows/.github/workflows/x.yml@${sha(21)} # v1\n`)
  })

  test('what would stay blocked as a copy, with what is to blame in it', async () => {
    const files = { [CI]: workflow('acme/lost@v1', 'acme/flat@v2') }
    const { run, read, changed } = await repository(files, github)
    const { code, stderr } = await run(...SELF)
    expect(code).toBe(1)
    expect(stderr).toContain(`${CI}:6:15  acme/lost@v1`)
    expect(stderr).toContain(
      'its action.yml:5:13 uses acme/gone@v1, which would block a copy too: the repository acme/gone was not found',
    )
    expect(await read(CI)).toBe(workflow(`acme/lost@${sha(18)} # v1`, `$/${ACTIONS}/acme/flat`))
    expect(changed().length).toBe(4)
  })

  test.each([
    ['acme/loses@v1', 'uses acme/lost@v1, which would block a copy too: its action.yml:5:13 uses'],
    ['acme/linking@v1', 'uses acme/links@v1, which would block a copy too: its run is a symbolic'],
    ['acme/escaped@v1', 'which would block a copy too: the reference is written with escapes'],
  ])('and what uses that: %s', async (uses, words) => {
    const { run, changed } = await repository({ [CI]: workflow(uses) }, github)
    const { code, stderr } = await run(...SELF)
    expect(code).toBe(1)
    expect(stderr).toContain(`${CI}:6:15  ${uses}`)
    expect(stderr).toContain(words)
    expect(changed()).toEqual([` M ${CI}`])
  })

  test('but not for a label in it, which blocks nothing', async () => {
    const { run, read } = await repository({ [CI]: workflow('acme/mislabelled@v1') }, github)
    const { code, stderr } = await run(...SELF)
    expect(code).toBe(1)
    expect(stderr).toContain(`${ACTIONS}/acme/mislabelled/action.yml:6:13`)
    expect(stderr).toContain('passes: ')
    expect(await read(CI)).toBe(workflow(`$/${ACTIONS}/acme/mislabelled`))
  })

  test('with --strict, nothing is written', async () => {
    const files = { [CI]: workflow('acme/links@v1', 'acme/flat@v2') }
    const { run, changed } = await repository(files, github)
    const { code, stderr } = await run(...SELF, '--strict')
    expect(code).toBe(1)
    expect(stderr).toContain('not written: --strict')
    expect(changed()).toEqual([])
  })
})

describe('an owner that is spelled in two ways has one folder', () => {
  test('in one run', async () => {
    const files = { [CI]: workflow('Acme/loud@v1', 'acme/flat@v2') }
    const { run, read } = await repository(files, github)
    expect((await run(...SELF)).code).toBe(0)
    expect(await read(CI)).toBe(workflow(`$/${ACTIONS}/acme/loud`, `$/${ACTIONS}/acme/flat`))
  })

  test('in a later one', async () => {
    const { root, run, read } = await copied()
    await writeFile(join(root, CI), workflow('Acme/loud@v1', `$/${ACTIONS}/acme/flat`))
    expect((await run(...SELF)).code).toBe(0)
    expect(await read(CI)).toBe(workflow(`$/${ACTIONS}/acme/loud`, `$/${ACTIONS}/acme/flat`))
  })
})

test('a copy whose line ends git makes bare is still what was copied', async () => {
  const files = { [CI]: workflow('acme/crlf@v1'), '.gitattributes': '* text=auto\n' }
  const { root, run, read } = await repository(files, github)
  await run(...SELF)
  expect(await read(`${ACTIONS}/acme/crlf/action.yml`)).toContain('\r\n')
  git(root, 'add', '--all')
  git(root, 'commit', '--quiet', '--message=copied')
  await rm(join(root, ACTIONS), { recursive: true })
  git(root, 'checkout', '--quiet', '.')
  expect(await read(`${ACTIONS}/acme/crlf/action.yml`)).not.toContain('\r')
  expect((await run('check', '--offline')).code).toBe(0)
})

describe('a strict run writes no copies', () => {
  const files = { [CI]: workflow('acme/flat@v2'), '.github/workflows/other.yml': workflow(LEAF) }

  test.skipIf(onWindows)('for a file that it may not write', async () => {
    const { root, run, changed } = await repository(files, github)
    await chmod(join(root, CI), 0o444)
    const { code, stderr } = await run(...SELF, '--strict')
    expect({ code, told: stderr.includes('the file is read-only') }).toEqual({
      code: 1,
      told: true,
    })
    expect(stderr).toContain('not written: --strict')
    expect(changed()).toEqual([])
  })

  test.skipIf(onWindows || process.getuid?.() === 0)(
    'and nothing else where they cannot be written',
    async () => {
      const loose = { ...files, '.github/workflows/other.yml': workflow('acme/leaf@v1') }
      const { root, run, changed } = await repository(loose, github)
      await chmod(join(root, '.github'), 0o555)
      const { code } = await run(...SELF, '--strict')
      await chmod(join(root, '.github'), 0o755)
      expect(code).toBe(1)
      expect(changed()).toEqual([])
    },
  )
})

describe('people’s work', () => {
  const files = { [CI]: workflow('acme/flat@v2') }

  test('that stands where the copy should is not touched', async () => {
    const mine = { ...files, [`${ACTIONS}/acme/flat/LICENSE`]: 'mine' }
    const { run, changed } = await repository(mine, github)
    const { code, stderr } = await run(...SELF)
    expect(code).toBe(1)
    expect(stderr).toContain(`${ACTIONS}/acme/flat/LICENSE stands where its copy should`)
    expect(changed()).toEqual([` M ${CI}`])
  })

  test('under a name that differs in case alone', async () => {
    const { run, changed } = await repository({ ...files, [`${ACTIONS}/ACME/x`]: '' }, github)
    const { code, stderr } = await run(...SELF)
    expect({ code, told: stderr.includes(`${ACTIONS}/ACME stands where`) }).toEqual({
      code: 1,
      told: true,
    })
    expect(changed()).toEqual([` M ${CI}`])
  })

  test.skipIf(onWindows)('behind a link is not reached', async () => {
    const elsewhere = await temporaryFolder()
    for (const link of [`${ACTIONS}/acme`, ACTIONS]) {
      const { root, run } = await repository({ ...files, [`${ACTIONS}x/y`]: '' }, github)
      await mkdir(join(root, link, '..'), { recursive: true })
      await symlink(elsewhere, join(root, link))
      const { code, stderr } = await run(...SELF)
      expect({ code, told: stderr.includes('symbolic link') }).toEqual({ code: 1, told: true })
      expect(await readdir(elsewhere)).toEqual([])
    }
  })

  test('beside the copy stays', async () => {
    const mine = { ...files, [`${ACTIONS}/acme/flat/mine.txt`]: 'mine' }
    const { run, read } = await repository(mine, github)
    expect((await run(...SELF)).code).toBe(0)
    expect(await read(`${ACTIONS}/acme/flat/mine.txt`)).toBe('mine')
  })

  test('on a copy is not overwritten', async () => {
    const { root, run, read } = await repository(files, github)
    await run(...SELF)
    await writeFile(join(root, `${ACTIONS}/acme/flat/LICENSE`), 'edited')
    await writeFile(join(root, CI), workflow('acme/flat@v2'))
    const { code, stderr } = await run(...SELF)
    expect(code).toBe(1)
    expect(stderr).toContain('it was edited since pinsmith copied it')
    expect(await read(`${ACTIONS}/acme/flat/LICENSE`)).toBe('edited')
    expect(await read(CI)).toBe(workflow(`acme/flat@${sha(10)} # v2.0.0`))
  })

  test('in the record keeps everything as it is', async () => {
    const { run, changed } = await repository({ ...files, [RECORD]: '{' }, github)
    const { code, stderr } = await run(...SELF)
    expect(code).toBe(1)
    expect(stderr).toContain('the record of copied actions could not be read: it is not JSON')
    expect(changed()).toEqual([` M ${CI}`])
  })
})

/** A repository with a copy of `acme/flat@v2`, committed. */
async function copied(): Promise<Repository> {
  const made = await repository({ [CI]: workflow('acme/flat@v2') }, github)
  await made.run(...SELF)
  git(made.root, 'add', '--all')
  git(made.root, 'commit', '--quiet', '--message=copied')
  return made
}

describe('a copy that stands', () => {
  test('serves others that use the action at that commit, and brings nothing anew', async () => {
    const { root, run, changed, read } = await copied()
    await writeFile(join(root, CI), workflow(`$/${ACTIONS}/acme/flat`, `acme/flat@${sha(10)}`))
    github.requests.clear()
    expect((await run(...SELF)).code).toBe(0)
    expect(github.requests.count('tarball')).toBe(0)
    expect(await read(CI)).toBe(workflow(`$/${ACTIONS}/acme/flat`, `$/${ACTIONS}/acme/flat`))
    expect(changed()).toEqual([` M ${CI}`])
  })

  test('stays under those that use it where another commit is wanted', async () => {
    const { root, run, read, changed } = await copied()
    await writeFile(join(root, CI), workflow(`$/${ACTIONS}/acme/flat`, 'acme/flat@v3'))
    expect((await run(...SELF)).code).toBe(0)
    const other = `${ACTIONS}/acme/flat-${sha(11).slice(0, 12)}`
    expect(await read(CI)).toBe(workflow(`$/${ACTIONS}/acme/flat`, `$/${other}`))
    expect(changed()).toEqual([
      ` M ${RECORD}`,
      ` M ${CI}`,
      `?? ${other}/NOTICE`,
      `?? ${other}/action.yml`,
    ])
  })

  test('stays where only some files were named: others may use it', async () => {
    const { root, run, read } = await copied()
    await writeFile(join(root, CI), workflow('acme/flat@v3'))
    expect((await run(...SELF, CI)).code).toBe(0)
    expect(await read(`${ACTIONS}/acme/flat/LICENSE`)).toBe('MIT\n')
    expect(await read(CI)).toBe(workflow(`$/${ACTIONS}/acme/flat-${sha(11).slice(0, 12)}`))
  })

  test('stays where it was edited', async () => {
    const { root, run, read } = await copied()
    await writeFile(join(root, CI), workflow('acme/flat@v3'))
    await writeFile(join(root, `${ACTIONS}/acme/flat/LICENSE`), 'mine')
    expect((await run(...SELF)).code).toBe(0)
    expect(await read(`${ACTIONS}/acme/flat/LICENSE`)).toBe('mine')
  })

  test('gives way to another commit where nobody uses it', async () => {
    const { root, run, changed, read } = await copied()
    await writeFile(join(root, CI), workflow('acme/flat@v3'))
    const dry = await run(...SELF, '--dry-run')
    expect((await run(...SELF)).code).toBe(0)
    expect(changed()).toEqual([
      ` D ${ACTIONS}/acme/flat/LICENSE`,
      ` M ${ACTIONS}/acme/flat/action.yml`,
      ` M ${RECORD}`,
      `?? ${ACTIONS}/acme/flat/NOTICE`,
    ])
    expect(await read(RECORD)).toContain(sha(11))
    const written = await treeOf(root)
    git(root, 'checkout', '--quiet', '.')
    git(root, 'clean', '--quiet', '--force', '-d')
    await writeFile(join(root, CI), workflow('acme/flat@v3'))
    await putFiles(root, { '.git/x.diff': dry.stdout })
    git(root, 'apply', '.git/x.diff')
    expect(await treeOf(root)).toEqual(written)
  })

  test('of which something is missing gets it back', async () => {
    const { root, run, changed } = await copied()
    await rm(join(root, `${ACTIONS}/acme/flat/LICENSE`))
    await writeFile(join(root, CI), workflow('acme/flat@v2', 'run: true'))
    expect((await run(...SELF)).code).toBe(0)
    expect(changed()).toEqual([` M ${CI}`])
  })

  test('is pinned like any file, and its record says so', async () => {
    const { root, run, read } = await copied()
    const manifest = `${ACTIONS}/acme/flat/action.yml`
    const unlabelled = composite(`acme/leaf@${sha(1)} # the leaf`)
    const record = (await read(RECORD)).replace(
      /("path": "action.yml",\s+"sha256": ")[0-9a-f]+/,
      `$1${await digestOf(unlabelled)}`,
    )
    await putFiles(root, { [manifest]: unlabelled, [RECORD]: record })
    const before = await read(RECORD)
    expect((await run('--no-nested')).code).toBe(0)
    expect(await read(manifest)).toContain('# v1.2.0 # the leaf')
    expect(await read(RECORD)).not.toBe(before)
    await writeFile(join(root, CI), workflow('acme/flat@v2', 'run: true'))
    expect((await run(...SELF)).code).toBe(0)
  })
})

test('files that git ignores are told, since a commit would leave them out', async () => {
  const { run } = await repository(
    { [CI]: workflow('acme/files/one@v1'), '.gitignore': '*.bin\nlib/\n' },
    github,
  )
  const { code, stderr } = await run(...SELF)
  expect(code).toBe(1)
  expect(stderr).toContain('git ignores files of this copy')
  expect(stderr).toContain(`git add --force ${ACTIONS}/acme/files`)
})

test('a template gets no copy: it is used where there is none', async () => {
  const { run, read } = await repository(
    { [CI]: workflow('acme/flat@v2'), 'workflow-templates/a.yml': workflow('acme/flat@v2') },
    github,
  )
  const { code, stderr } = await run(...SELF)
  expect(code).toBe(1)
  expect(stderr).toContain('a workflow template is used in other repositories')
  expect(await read('workflow-templates/a.yml')).toContain(`acme/flat@${sha(10)} # v2.0.0`)
})

test.skipIf(onWindows || process.getuid?.() === 0)(
  'where the copies cannot be written, no file is led to them',
  async () => {
    const { root, run, read } = await repository(
      { [CI]: workflow('acme/flat@v2'), 'a.yml': '', [`${ACTIONS}/x`]: '' },
      github,
    )
    await chmod(join(root, ACTIONS), 0o555)
    const { code, stderr } = await run(...SELF)
    await chmod(join(root, ACTIONS), 0o755)
    expect(code).toBe(1)
    expect(stderr).toContain('could not be written: permission denied')
    expect(await read(CI)).toBe(workflow('acme/flat@v2'))
  },
)

test('with a token, a level of copies costs the round of its archives, a redirect, and that of its pins', async () => {
  const layered = await startGitHub({
    rounds: true,
    worlds: [
      makeWorld('acme/leaf', { tags: { v1: 1 } }),
      ...[2, 3, 4, 5].map((n) =>
        makeWorld(`acme/level${n}`, {
          tags: { v1: n },
          manifests: {
            [n]: { 'action.yml': composite(n === 2 ? 'acme/leaf@v1' : `acme/level${n - 1}@v1`) },
          },
        }),
      ),
    ],
  })
  const roundsOf = async (uses: string): Promise<number> => {
    const { run } = await repository({ [CI]: workflow(uses) }, layered, true)
    layered.requests.clear()
    expect((await run(...SELF, '--no-cache')).code).toBe(0)
    return layered.requests.rounds()
  }
  const [two, three] = [await roundsOf('acme/level4@v1'), await roundsOf('acme/level5@v1')]
  await layered.close()
  // One more for the walk before, too.
  expect(three - two).toBeLessThanOrEqual(4)
})

test('JSON tells of the copies', async () => {
  const { run } = await repository({ [CI]: workflow('acme/flat@v2') }, github)
  const { code, stdout, stderr } = await run(...SELF, '--format', 'json', '--dry-run')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(JSON.parse(stdout)).toMatchObject({
    verdict: 'passes',
    summary: { vendored: 1, pinned: 1 },
    files: [
      {
        file: CI,
        outcome: 'due',
        references: [
          {
            line: 6,
            reference: 'acme/flat@v2',
            outcome: 'vendored',
            copy: `$/${ACTIONS}/acme/flat`,
            commit: sha(10),
            label: 'v2.0.0',
          },
        ],
      },
      { file: `${ACTIONS}/acme/flat/action.yml`, outcome: 'due' },
    ],
    copies: [
      {
        folder: `${ACTIONS}/acme/flat`,
        source: 'acme/flat',
        commit: sha(10),
        actions: [{ path: '', version: 'v2.0.0' }],
        outcome: 'due',
        changedFiles: 2,
        notes: [],
      },
    ],
    diff: expect.stringContaining(`+++ b/${ACTIONS}/acme/flat/LICENSE`),
  })
})

async function digestOf(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', Buffer.from(text))
  return Buffer.from(bytes).toString('hex')
}
