import { afterAll, expect, test } from 'vitest'
import { formatVendorManifest, type VendoredFile } from '../../src/remedy/vendor/manifest.ts'
import { checkAs, CI, codesIn, composite, workflow } from '../support/check.ts'
import { startGitHub } from '../support/github/server.ts'
import { sha } from '../support/github/worlds.ts'
import { commit } from '../support/known-refs.ts'
import { runPinsmith } from '../support/run.ts'
import { temporaryRepository } from '../support/temporary-folder.ts'

// It knows nothing: whoever asks it is found out.
const github = await startGitHub({ worlds: [] })
afterAll(() => github.close())

const PIN = `acme/tool@${sha(1)} # v1.2.3`

test.each([
  ['a tag', 'acme/tool@v1', ['error unpinned']],
  ['a tag that is a number', 'acme/tool@20240518', ['error unpinned']],
  ['a shortened SHA', 'acme/tool@1a2b3c4', ['error short-sha']],
  ['a pin without a label', `acme/tool@${sha(1)}`, ['warning label-missing']],
  ['a pin with words alone', `acme/tool@${sha(1)} # do not touch`, ['warning label-missing']],
  ['a pin with a label', PIN, []],
  ['a pin with the name of a branch', `acme/tool@${sha(1)} # main`, []],
  ['what is no reference', 'acme/tool', ['error not-understood']],
  ['an image', 'docker://alpine:3', ['note unpinned-image']],
  ['what is ignored', 'acme/tool@v1 # pinsmith: ignore', []],
  ['what is nobody’s to say offline', './nowhere', []],
])('%s', async (_, uses, codes) => {
  const checked = await checkAs(github, { [CI]: workflow(uses) }, true, ['--offline'])
  expect(codesIn(checked)).toEqual(codes)
  expect(checked.code).toBe(codes.some((code) => !code.startsWith('note')) ? 1 : 0)
  expect(checked.verdict).toBeUndefined()
  expect(github.requests.count()).toBe(0)
})

test('an image is one whatever it is called; what a Docker action builds is none', async () => {
  const files = {
    [CI]: 'jobs:\n  j:\n    container: acme/dockerfile\n    services: { db: { image: acme/Dockerfile.db } }\n',
    'one/action.yml': 'runs: { using: docker, image: docker/Dockerfile.alpine }\n',
    'two/action.yml': 'runs: { using: docker, image: built/from }\n',
    'three/action.yml': 'runs: { using: docker, image: docker://acme/dockerfile }\n',
  }
  const checked = await checkAs(github, files, false, ['--offline'])
  expect(checked.findings.map(({ code, file, line }) => [code, file, line])).toEqual([
    ['unpinned-image', CI, 3],
    ['unpinned-image', CI, 4],
    ['unpinned-image', 'three/action.yml', 1],
  ])
})

test('a file that cannot be read, the lockfile, and copies that were edited', async () => {
  const files = {
    [CI]: workflow(PIN),
    '.github/workflows/bad.yml': 'jobs: [\n',
    '.github/workflows/actions.lock': `version: 1\nworkflows: { ${CI}: [] }\n`,
    '.github/actions/acme/tool/action.yml': composite(PIN),
    '.github/actions/acme/tool/new.sh': 'new\n',
    '.github/actions/vendored.json': vendored(),
  }
  const checked = await checkAs(github, files, false, ['--offline'])
  expect(checked.findings.map(({ code, file }) => [code, file])).toEqual([
    ['vendored-edited', '.github/actions/acme/tool/action.yml'],
    ['vendored-edited', '.github/actions/acme/tool/gone.js'],
    ['vendored-edited', '.github/actions/acme/tool/new.sh'],
    ['not-understood', '.github/workflows/bad.yml'],
    ['lockfile', CI],
  ])
})

test.each([
  [['.'], 3],
  [['.github/actions'], 3],
  [['.github/workflows'], 0],
])('copies count where they are looked at: %j', async (paths, number) => {
  const files = {
    [CI]: workflow(PIN),
    '.github/actions/acme/tool/action.yml': composite(PIN),
    '.github/actions/acme/tool/new.sh': 'new\n',
    '.github/actions/vendored.json': vendored(),
  }
  const cwd = await temporaryRepository(files)
  const run = await runPinsmith(['check', '--offline', '-q', ...paths], { cwd, github })
  expect(run.stdout.match(/vendored-edited/g)?.length ?? 0).toBe(number)
})

test('a record of copies that cannot be read is an error', async () => {
  const files = { [CI]: workflow(PIN), '.github/actions/vendored.json': '{' }
  const checked = await checkAs(github, files, false, ['--offline'])
  expect(codesIn(checked)).toEqual(['error not-understood'])
})

test('says what it did not look at', async () => {
  const cwd = await temporaryRepository({ [CI]: workflow(PIN) })
  const run = await runPinsmith(['check', '--offline'], { cwd, github })
  expect(run.code).toBe(0)
  expect(run.stdout).toContain('nothing found in 1 reference')
  expect(run.stdout).toContain('Offline: whether commits and labels are true')
})

function vendored(): string {
  return formatVendorManifest({
    kind: 'vendor-manifest',
    copies: [
      {
        host: 'github.com',
        owner: 'acme',
        repo: 'tool',
        folder: '.github/actions/acme/tool',
        commit: commit(1),
        actions: [{ path: '', version: 'v1.2.3' }],
        files: ['action.yml', 'gone.js'].map(recorded),
      },
    ],
  })
}

function recorded(path: string): VendoredFile {
  return { path, sha256: 'a'.repeat(64), executable: false }
}
