import { lstat, readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'

/** The repositories that the tests of the command line pin. */
export function startSmallGitHub(): Promise<LocalGitHub> {
  return startGitHub({
    worlds: [
      makeWorld('acme/tool', { tags: { v1: 1, 'v1.2.3': 1 } }),
      makeWorld('acme/other', { tags: { v2: 2, 'v2.0.0': 2 } }),
      makeWorld('beta/kit', { tags: { v3: 3, 'v3.1.0': 3 } }),
      makeWorld('dorny/test-reporter', { tags: { v1: 5, 'v1.9.1': 5 }, heads: { v1: 6 } }),
      makeWorld('dtolnay/rust-toolchain', { heads: { stable: 7 } }),
      makeWorld('slsa-framework/slsa-github-generator', { tags: { 'v2.0.0': 8 } }),
      makeWorld('today/name', { tags: { v1: 9 }, renamedFrom: ['former/name'] }),
      makeWorld('saml/open', { tags: { v1: 10 }, saml: true }),
      makeWorld('saml/closed', { tags: { v1: 11 }, saml: true, private: true }),
      makeWorld('secret/tool', { tags: { v1: 12 }, private: true }),
    ],
  })
}

/** `acme/tool@v1` as it is when it is pinned. */
export const PINNED: string = `acme/tool@${sha(1)} # v1.2.3`

/** Where links need rights, names may not hold everything, and there is no `patch`. */
export const onWindows: boolean = process.platform === 'win32'

export const CI = '.github/workflows/ci.yml'

/** A workflow whose first `uses` stands in line 6, column 15. */
export function workflow(...uses: readonly string[]): string {
  const steps = uses.map((each) => `      - uses: ${each}\n`)
  return `on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n${steps.join('')}`
}

/** What stands in a folder, `.git` left out: every path with its mode, when it was changed, and its bytes. */
export async function snapshot(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder, { recursive: true })
  const entries = names
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => !/^\.git(?:\/|$)/.test(name))
    .toSorted()
    .map(async (name) => [name, await describeEntry(join(folder, name))] as const)
  return Object.fromEntries(await Promise.all(entries))
}

/** The text of a file below a folder. */
export function textOf(folder: string, path: string): Promise<string> {
  return readFile(join(folder, path), 'utf8')
}

async function describeEntry(path: string): Promise<string> {
  const stats = await lstat(path)
  if (stats.isSymbolicLink()) return `link to ${await readlink(path)}`
  if (!stats.isFile()) return 'folder'
  const bytes = await readFile(path)
  return `${(stats.mode & 0o777).toString(8)} ${stats.mtimeMs} ${bytes.toString('latin1')}`
}
