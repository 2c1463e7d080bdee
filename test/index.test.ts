import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startGitHub, type LocalGitHub } from './support/github/server.ts'
import { makeWorld, sha } from './support/github/worlds.ts'
import { temporaryFolder } from './support/temporary-folder.ts'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
const CI = '.github/workflows/ci.yml'
const TEXT = 'jobs:\n  a:\n    steps:\n      - uses: acme/tool@v1\n'
const PINNED = TEXT.replace('@v1', `@${sha(1)} # v1.2.3`)

let github: LocalGitHub
beforeAll(async () => {
  github = await startGitHub({
    worlds: [makeWorld('acme/tool', { tags: { v1: 1, 'v1.2.3': 1 } })],
  })
})
afterAll(() => github.close())

/** Runs code as a user of the package would, where `pinsmith` is the built library; returns what it prints, as JSON. */
async function use(code: string, ...args: readonly string[]): Promise<unknown> {
  const script = `import * as pinsmith from 'pinsmith'; ${code}`
  const argv = ['--input-type=module', '--eval', script, '--', ...args]
  const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: root })
  return JSON.parse(stdout)
}

const print = (expression: string): string => `console.log(JSON.stringify(${expression}))`

// The environment is a parameter: the process that uses the library has none of it.
const CONNECT = `
  const [env, cwd] = process.argv.slice(1)
  const connect = () => pinsmith.connect({
    env: JSON.parse(env), token: undefined, resolver: 'git', fallbackHost: undefined, maxWait: 0, version: '0.0.0',
    gh: async () => undefined,
  })
  const options = { selects: () => true, prefer: undefined, comments: 'after', strict: false }
`

describe('the package, imported by its name', () => {
  test('gives what the declarations promise', async () => {
    const given = await use(print('Object.keys(pinsmith).toSorted()'))
    const { names } = await readExports()
    expect(given).toEqual(names.filter(({ isType }) => !isType).map(({ name }) => name))
    const documented = ['applyEdits', 'connect', 'discover', 'locate', 'pin', 'pinText', 'resolve']
    expect(given).toEqual(expect.arrayContaining(documented))
  })

  test('locates', async () => {
    const code = print(
      `pinsmith.locate(${JSON.stringify(TEXT)}).sites.map(({ position, text }) => ({ position, text }))`,
    )
    expect(await use(code)).toEqual([{ position: { line: 4, column: 15 }, text: 'acme/tool@v1' }])
  })

  test('pins a text', async () => {
    const call = `await pinsmith.pinText(${JSON.stringify(TEXT)}, 'ci.yml', options, connect)`
    const result = await use(CONNECT + print(call), JSON.stringify(github.env))
    expect(result).toMatchObject({ kind: 'result', text: PINNED, problems: [] })
  })

  test('pins a folder, and says what it did in data', async () => {
    const cwd = await temporaryFolder({ [CI]: TEXT })
    const code = `
      const result = await pinsmith.pin({ ...options, cwd, paths: [], dryRun: false, locked: false, nested: 'report', cooldown: 0, now: 0 }, connect)
      ${print('JSON.parse(pinsmith.formatPinJson(result, false))')}
    `
    const report = await use(CONNECT + code, JSON.stringify(github.env), cwd)
    expect(report).toMatchObject({ summary: { pinned: 1, left: 0 }, files: [{ file: CI }] })
    expect(await readFile(join(cwd, CI), 'utf8')).toBe(PINNED)
  })

  test('returns a failure, and does not throw it', async () => {
    const call = `await pinsmith.pinText(${JSON.stringify(TEXT)}, 'ci.yml', options, connect)`
    const env = { GITHUB_SERVER_URL: 'no URL' }
    expect(await use(CONNECT + print(call), JSON.stringify(env))).toMatchObject({
      kind: 'usage',
      message: expect.stringContaining('GITHUB_SERVER_URL'),
    })
  })
})

test('nothing that is built touches the process, but for the one file that hands it in', async () => {
  const files = (await readdir(dist, { recursive: true })).filter((name) => name.endsWith('.js'))
  const touching = await Promise.all(
    files.map(async (name) =>
      TOUCHES_PROCESS.test(withoutComments(await readFile(join(dist, name), 'utf8'))) ? name : '',
    ),
  )
  expect(touching.filter((name) => name !== '')).toEqual([join('cli', 'process.js')])
})

const TOUCHES_PROCESS = /(?<![\w$/-])process\s*(?:\??\.\s*\w|\[)|=\s*process\b/

// Comments of whole lines are all that tsc leaves; where one stands behind code, it counts as code.
function withoutComments(code: string): string {
  return code.replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, '')
}

test('every export has a docstring where it is declared', async () => {
  const { names } = await readExports()
  expect(names.length).toBeGreaterThan(40)
  const bare = await Promise.all(
    names.map(async ({ name, file }) => {
      const declarations = await readFile(join(dist, file), 'utf8')
      return isDocumented(declarations, name) ? '' : `${name} (${file})`
    }),
  )
  expect(bare.filter((each) => each !== '')).toEqual([])
})

function isDocumented(declarations: string, name: string): boolean {
  const declaration = String.raw`export (?:declare )?(?:function|const|interface|type|class) ${name}\b`
  return new RegExp(String.raw`\*\/\n${declaration}`).test(declarations)
}

interface Exported {
  readonly name: string
  readonly isType: boolean
  /** Below `dist`. */
  readonly file: string
}

/** What the barrel's declarations export, by name. */
async function readExports(): Promise<{ readonly names: readonly Exported[] }> {
  const barrel = await readFile(join(dist, 'index.d.ts'), 'utf8')
  const statements = [...barrel.matchAll(/^export (type )?\{([^}]*)\} from '([^']+)';?$/gm)]
  const others = barrel.replaceAll(/\/\*\*[\s\S]*?\*\//g, '').match(/^export (?!(?:type )?\{)/gm)
  expect(others).toBeNull()
  const names = statements.flatMap(([, type, list = '', from = '']) =>
    list.split(',').map((each) => ({
      name: each.trim().replace(/^type /, ''),
      isType: type !== undefined || each.trim().startsWith('type '),
      file: join(dirname('index.d.ts'), from.replace(/\.[jt]s$/, '.d.ts')),
    })),
  )
  return { names: names.toSorted((a, b) => (a.name < b.name ? -1 : 1)) }
}
