import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { portableDigest, sha256 } from '../../src/apply/digest.ts'
import { readVendored, type VendorRecord } from '../../src/apply/vendored.ts'
import { formatVendorManifest, type VendoredRepository } from '../../src/remedy/vendor/manifest.ts'
import { onWindows } from '../cli/support.ts'
import { commit } from '../support/known-refs.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const RECORD = '.github/actions/vendored.json'
const FOLDER = '.github/actions/acme/kit'
const FILES = { 'action.yml': 'runs: {}\n', 'deep/run.sh': '#!/bin/sh\n' }

const KIT: VendoredRepository = {
  owner: 'acme',
  repo: 'kit',
  folder: FOLDER,
  host: 'github.com',
  commit: commit(1),
  actions: [{ path: '', version: 'v1' }],
  files: Object.entries(FILES).map(([path, text]) => ({
    path,
    sha256: sha256(Buffer.from(text)),
    executable: path.endsWith('.sh') && !onWindows,
  })),
}

async function copied(): Promise<string> {
  const files = Object.entries(FILES).map(([path, text]) => [`${FOLDER}/${path}`, text] as const)
  const root = await temporaryFolder({
    ...Object.fromEntries(files),
    [RECORD]: formatVendorManifest({ kind: 'vendor-manifest', copies: [KIT] }),
  })
  await chmod(join(root, FOLDER, 'deep/run.sh'), 0o755)
  return root
}

const read = (root: string): Promise<VendorRecord> => readVendored({ root, cwd: root }, root)

async function stateOf(root: string): Promise<object | undefined> {
  const record = await read(root)
  return record.kind === 'record' ? record.states[0] : record
}

test('a repository without copies has no record', async () => {
  expect(await read(await temporaryFolder())).toEqual({ kind: 'none' })
})

describe('a copy on disk', () => {
  test('as it was made', async () => {
    expect(await stateOf(await copied())).toEqual({
      copy: KIT,
      edited: [],
      modes: [],
      missing: [],
      added: [],
    })
  })

  test('with the line ends of another system', async () => {
    const root = await copied()
    await writeFile(join(root, FOLDER, 'action.yml'), 'runs: {}\r\n')
    expect(await stateOf(root)).toMatchObject({ edited: [] })
  })

  test.each([
    ['CRLF', 'a\r\nb\r\n'],
    ['both', 'a\r\nb\n'],
  ])('whose own line ends, %s, git has made bare', async (_, text) => {
    const root = await copied()
    const files = [{ path: 'x.txt', sha256: portableDigest(Buffer.from(text)), executable: false }]
    const copies = [{ ...KIT, files }]
    await writeFile(join(root, RECORD), formatVendorManifest({ kind: 'vendor-manifest', copies }))
    for (const standing of [text, 'a\nb\n', 'a\r\nb\r\n']) {
      await writeFile(join(root, FOLDER, 'x.txt'), standing)
      expect(await stateOf(root)).toMatchObject({ edited: [] })
    }
    await writeFile(join(root, FOLDER, 'x.txt'), 'a\nc\n')
    expect(await stateOf(root)).toMatchObject({ edited: [`${FOLDER}/x.txt`] })
  })

  test('edited, and with a file more', async () => {
    const root = await copied()
    await writeFile(join(root, FOLDER, 'action.yml'), 'runs: { }\n')
    await mkdir(join(root, FOLDER, 'new'))
    await writeFile(join(root, FOLDER, 'new/a'), '')
    expect(await stateOf(root)).toMatchObject({
      edited: [`${FOLDER}/action.yml`],
      added: [`${FOLDER}/new/a`],
    })
  })

  test.skipIf(onWindows)('with a script that may no longer be run', async () => {
    const root = await copied()
    await chmod(join(root, FOLDER, 'deep/run.sh'), 0o644)
    expect(await stateOf(root)).toMatchObject({ edited: [], modes: [`${FOLDER}/deep/run.sh`] })
  })

  test.skipIf(onWindows)('with links, which are followed nowhere', async () => {
    const root = await copied()
    await symlink('/', join(root, FOLDER, 'all'))
    expect(await stateOf(root)).toMatchObject({ edited: [], added: [`${FOLDER}/all`] })
  })
})

describe('a record that cannot be read is a problem', () => {
  test('which says why', async () => {
    const root = await temporaryFolder({ [RECORD]: '{}' })
    expect(await read(root)).toMatchObject({
      kind: 'problem',
      problem: { code: 'vendor-record', file: RECORD },
    })
  })

  test('as a folder', async () => {
    const root = await temporaryFolder({ [`${RECORD}/x`]: '' })
    expect(await read(root)).toMatchObject({ kind: 'problem', problem: { code: 'unreadable' } })
  })

  test.skipIf(onWindows)('behind a link', async () => {
    const root = await temporaryFolder({ '.github/actions/x': '' })
    await symlink('x', join(root, RECORD))
    expect(await read(root)).toMatchObject({ kind: 'problem', problem: { code: 'symlink' } })
  })
})
