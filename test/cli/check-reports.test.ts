import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startGitHub, type LocalGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'
import { readPublicSchema, readSchema } from '../support/json-schema.ts'
import { runPinsmith, type Run, type RunOptions } from '../support/run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { CI, onWindows, startSmallGitHub, textOf, workflow } from './support.ts'

let github: LocalGitHub
beforeAll(async () => {
  github = await startSmallGitHub()
})
afterAll(() => github.close())

const sarifErrors = readPublicSchema('sarif-2.1.0')
const jsonErrors = readSchema(new URL('../../schema/check.schema.json', import.meta.url))

/** An error and a warning with a fix. */
const MIXED = workflow('acme/tool@v1', `acme/other@${sha(2)}`)

const CLEAN = workflow(`acme/tool@${sha(1)} # v1.2.3`)

async function check(
  args: readonly string[],
  options: Partial<RunOptions> & { readonly files?: Readonly<Record<string, string>> } = {},
): Promise<Run & { readonly cwd: string }> {
  const { files = { [CI]: MIXED }, ...more } = options
  const cwd = await temporaryFolder(files)
  const run = await runPinsmith(['check', ...args], { cwd, github, ...more })
  return { ...run, cwd }
}

interface JsonReport {
  readonly findings: readonly {
    readonly code: string
    readonly file: string
    readonly line: number
    readonly column: number
    readonly message: string
  }[]
}

interface SarifLog {
  readonly runs: readonly [
    {
      readonly results: readonly {
        readonly ruleId: string
        readonly level: string
        readonly locations: readonly [
          {
            readonly physicalLocation: {
              readonly artifactLocation: { readonly uri: string }
              readonly region: { readonly startLine: number; readonly startColumn: number }
            }
          },
        ]
        readonly fixes?: readonly unknown[]
      }[]
    },
  ]
}

describe('several reports at once', () => {
  test('say the same, each in its own way', async () => {
    const { code, stdout, stderr, cwd } = await check([
      '--report=sarif=out.sarif',
      '--report=json=out.json',
      '--report=text=out.txt',
      '--report=markdown=-',
    ])
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toMatch(/^<!-- pinsmith check -->\n## ✗ pinsmith: 1 error, 1 warning\n/)
    const json: JsonReport = JSON.parse(await textOf(cwd, 'out.json'))
    const sarif: SarifLog = JSON.parse(await textOf(cwd, 'out.sarif'))
    expect(jsonErrors(json)).toEqual([])
    expect(sarifErrors(sarif)).toEqual([])
    const places = sarif.runs[0].results.map(({ ruleId, locations: [{ physicalLocation }] }) => [
      ruleId,
      physicalLocation.artifactLocation.uri,
      physicalLocation.region.startLine,
      physicalLocation.region.startColumn,
    ])
    expect(places).toEqual([
      ['unpinned', CI, 6, 15],
      ['label-missing', CI, 7, 15],
    ])
    expect(
      json.findings.map(({ code: found, file, line, column }) => [found, file, line, column]),
    ).toEqual(places)
    expect(sarif.runs[0].results.map(({ fixes }) => fixes?.length)).toEqual([undefined, 1])
    const text = await textOf(cwd, 'out.txt')
    for (const { code: found } of json.findings) {
      expect(text).toContain(found)
      expect(stdout).toContain(`\`${found}\``)
    }
    expect((await readdir(cwd)).toSorted()).toEqual(['.github', 'out.json', 'out.sarif', 'out.txt'])
  })

  test('text goes to standard output where nothing else does', async () => {
    const alone = await check([])
    const beside = await check(['--report', 'sarif=out.sarif'])
    expect(alone.stdout).toContain('unpinned')
    expect(beside.stdout).toBe(alone.stdout)
  })

  test.each(['text', 'json', 'sarif', 'github', 'markdown'])(
    '--format %s is a report to standard output',
    async (format) => {
      const short = await check(['--format', format])
      const long = await check(['--report', `${format}=-`])
      expect(short.stdout).not.toBe('')
      expect({ code: short.code, stdout: short.stdout }).toEqual({
        code: 1,
        stdout: long.stdout,
      })
    },
  )

  test('a file is no terminal: no colours in it', async () => {
    const { stdout, cwd } = await check(['--report=text=out.txt'], { isTTY: true })
    expect(stdout).toContain('\u001b[')
    expect(await textOf(cwd, 'out.txt')).not.toContain('\u001b[')
  })

  test('an earlier report is replaced', async () => {
    const files = { [CI]: CLEAN, 'out.json': 'x'.repeat(100_000) }
    const { code, cwd } = await check(['--report=json=out.json'], { files })
    expect(code).toBe(0)
    expect(jsonErrors(JSON.parse(await textOf(cwd, 'out.json')))).toEqual([])
  })

  test('nothing found makes a report, too', async () => {
    const { code, stdout, cwd } = await check(['--report=sarif=out.sarif', '--report=markdown=-'], {
      files: { [CI]: CLEAN },
    })
    expect(code).toBe(0)
    expect(stdout).toContain('## ✓ pinsmith: nothing found')
    const log: SarifLog = JSON.parse(await textOf(cwd, 'out.sarif'))
    expect(sarifErrors(log)).toEqual([])
    expect(log.runs[0].results).toEqual([])
  })

  test('what they say is the same with a token', async () => {
    const args = ['--format', 'sarif', '--no-cache']
    const [api, git] = await Promise.all([check(args, { withToken: true }), check(args)])
    expect(api.stdout).toBe(git.stdout)
  })
})

describe('wrong usage', () => {
  test.each<[string, readonly string[], string]>([
    ['two to standard output', ['--format=json', '--report=sarif=-'], 'only one report'],
    ['two to one file', ['--report=json=x', '--report=sarif=./x'], 'two reports go to "./x"'],
    ['an unknown format', ['--report=xml=x'], 'Allowed formats are text, json'],
    ['no file', ['--report=json'], 'Give a file'],
  ])('%s: nobody is asked, and nothing is written', async (_, args, words) => {
    github.requests.clear()
    const { code, stderr, cwd } = await check(args)
    expect(code).toBe(2)
    expect(stderr).toContain(words)
    expect(github.requests.all()).toEqual([])
    expect(await readdir(cwd)).toEqual(['.github'])
  })

  test('a failure of the run is JSON where JSON was asked for', async () => {
    const { code, stdout } = await check(['no/where', '--report=json=-'])
    expect(code).toBe(2)
    expect(jsonErrors(JSON.parse(stdout))).toEqual([])
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'usage' } })
  })

  test('a configuration that is wrong is JSON, too', async () => {
    const files = { [CI]: MIXED, '.github/pinsmith.yml': 'levels: { unpinned: never }\nx: 1\n' }
    const { code, stdout } = await check(['--format=json'], { files })
    expect(code).toBe(2)
    expect(jsonErrors(JSON.parse(stdout))).toEqual([])
  })
})

describe('a report that cannot be written', () => {
  test('is exit code 2, with words; the others are written', async () => {
    const { code, stdout, stderr, cwd } = await check([
      '--report=sarif=no/such/out.sarif',
      '--report=json=out.json',
      '--report=markdown=.github',
    ])
    expect(code).toBe(2)
    expect(stderr).toContain('"no/such/out.sarif" could not be written: its folder does not exist')
    expect(stderr).toContain('".github" could not be written: it is a folder')
    expect(stdout).toContain('unpinned')
    expect(jsonErrors(JSON.parse(await textOf(cwd, 'out.json')))).toEqual([])
  })
})

describe('what an action uses in turn', () => {
  let nested: LocalGitHub
  beforeAll(async () => {
    const uses = ['a/first@v1', 'a/second@v2'].map((each) => `{ uses: '${each}' }`).join(', ')
    nested = await startGitHub({
      worlds: [
        makeWorld('a/first', { tags: { v1: 1 } }),
        makeWorld('a/second', { tags: { v2: 2 } }),
        makeWorld('a/both', {
          tags: { 'v3.0.0': 3 },
          manifests: { 3: { 'action.yml': `runs: { using: composite, steps: [${uses}] }\n` } },
        }),
      ],
    })
  })
  afterAll(() => nested.close())

  const PARENT = `a/both@${sha(3)}`
  const SHOWN = `a/both@${sha(3).slice(0, 12)}`
  const files = { [CI]: workflow(`${PARENT} # v3.0.0`) }

  test('is told with its chain in every report', async () => {
    const { code, stdout, cwd } = await check(
      ['--format=github', '--report=json=json', '--report=sarif=sarif', '--report=markdown=md'],
      { files, github: nested, env: { GITHUB_STEP_SUMMARY: 'summary' } },
    )
    expect(code).toBe(1)
    expect(stdout.match(/%0AChain: (.+?)%0A/g)).toEqual([
      `%0AChain: ${SHOWN} → a/first@v1%0A`,
      `%0AChain: ${SHOWN} → a/second@v2%0A`,
    ])
    const json: unknown = JSON.parse(await textOf(cwd, 'json'))
    expect(jsonErrors(json)).toEqual([])
    expect(json).toMatchObject({
      verdict: 'blocked',
      chains: [
        [CI, PARENT, 'a/first@v1'],
        [CI, PARENT, 'a/second@v2'],
      ],
      findings: [
        { code: 'nested-unpinned', file: CI, line: 6, chain: [PARENT, 'a/first@v1'] },
        { code: 'nested-unpinned', file: CI, line: 6, chain: [PARENT, 'a/second@v2'] },
      ],
    })
    for (const markdown of [await textOf(cwd, 'md'), await textOf(cwd, 'summary')]) {
      expect(markdown).toContain('**blocked**: 2 references that are not pinned')
      expect(markdown).toContain(`- Chain: \`${SHOWN}\` → \`a/second@v2\`\n`)
    }
    expect(await textOf(cwd, 'summary')).toContain('|"✗ @v2"|')
    const sarif: unknown = JSON.parse(await textOf(cwd, 'sarif'))
    expect(sarifErrors(sarif)).toEqual([])
    expect(sarif).toMatchObject({
      runs: [{ results: [{ ruleId: 'nested-unpinned', codeFlows: [{}, {}] }] }],
    })
  })

  test('is left out with --no-nested, and that is said', async () => {
    const { code, stdout } = await check(['--no-nested', '--format=markdown'], {
      files,
      github: nested,
    })
    expect(code).toBe(0)
    expect(stdout).toContain('What the actions use in turn was not looked at.')
  })
})

describe('GitHub Actions', () => {
  const COMMAND = /^::(?:error|warning|notice) .*::.+$/

  test('annotations go to standard output, and the job summary to its file', async () => {
    const { code, stdout, cwd } = await check(['--format=github'], {
      files: { [CI]: MIXED, 'summary.md': '# Earlier\n' },
      env: { GITHUB_STEP_SUMMARY: 'summary.md' },
    })
    expect(code).toBe(1)
    const lines = stdout.trimEnd().split('\n')
    expect(lines.slice(0, 2).filter((line) => !COMMAND.test(line))).toEqual([])
    expect(lines.slice(2)).toEqual(['pinsmith check: 1 error, 1 warning.'])
    expect(lines[0]).toMatch(
      /^::error file=\.github\/workflows\/ci\.yml,line=6,col=15,endColumn=27,title=[^:]+::acme\/tool@v1/,
    )
    const summary = await textOf(cwd, 'summary.md')
    expect(summary).toMatch(/^# Earlier\n<!-- pinsmith check -->\n## ✗ pinsmith: 1 error/)
    expect(summary).toContain('```mermaid\nflowchart LR\n')
  })

  test('the same as a file beside text', async () => {
    const { stdout, cwd } = await check(['--report=github=commands'], {
      env: { GITHUB_STEP_SUMMARY: 'summary.md' },
    })
    expect(stdout).not.toMatch(/^::/m)
    expect(await textOf(cwd, 'commands')).toMatch(/^::error /)
    expect(await textOf(cwd, 'summary.md')).toContain('## ✗ pinsmith')
  })

  test.each([['--format=text'], ['--format=json'], ['--format=markdown']])(
    'nothing happens by itself: %s',
    async (format) => {
      const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: 'summary.md' }
      const { stdout, cwd } = await check([format], { env })
      expect(stdout).not.toMatch(/^::/m)
      expect(await readdir(cwd)).toEqual(['.github'])
    },
  )

  test('a summary that is full stays as it is: GitHub would show nothing of it', async () => {
    const earlier = `${'x'.repeat(1_048_500)}\n`
    const { code, cwd } = await check(['--format=github'], {
      files: { [CI]: MIXED, 'summary.md': earlier },
      env: { GITHUB_STEP_SUMMARY: 'summary.md' },
    })
    expect(code).toBe(1)
    expect(await textOf(cwd, 'summary.md')).toBe(earlier)
  })

  test('a summary that cannot be written is exit code 2; the annotations are there', async () => {
    const env = { GITHUB_STEP_SUMMARY: 'no/such/summary.md' }
    const { code, stdout, stderr } = await check(['--format=github'], { env })
    expect(code).toBe(2)
    expect(stdout).toMatch(/^::error /)
    expect(stderr).toContain('the job summary could not be written: its folder does not exist')
  })
})

describe.skipIf(onWindows)('hostile names', () => {
  const NAMES = [
    'a b.yml',
    'a%0A::error::b.yml',
    '::stop-commands::x.yml',
    'a\n::warning::b.yml',
    '`a|b`<script>@everyone.yml',
    '##[add-mask]größe, 日本:🚀.yml',
  ]
  const files = Object.fromEntries(
    NAMES.map((name) => [`.github/workflows/${name}`, workflow('acme/tool@v1')]),
  )

  test('are one finding each in SARIF, by their own names', async () => {
    const { stdout } = await check(['--format=sarif'], { files })
    const log: SarifLog = JSON.parse(stdout)
    expect(sarifErrors(log)).toEqual([])
    const uris = log.runs[0].results.map(
      ({ locations }) => locations[0].physicalLocation.artifactLocation.uri,
    )
    expect(uris.map((uri) => decodeURIComponent(uri)).toSorted()).toEqual(
      Object.keys(files).toSorted(),
    )
  })

  test('are no commands in a log, whatever the format', async () => {
    const text = await check(['--format=text', '--verbose'], { files })
    const commands = await check(['--format=github'], { files })
    expect(commands.stdout.match(/^\s*::/gm)).toHaveLength(NAMES.length)
    expect(commands.stdout.match(/^::error file=/gm)).toHaveLength(NAMES.length)
    for (const { stdout, stderr } of [text, { stdout: '', stderr: commands.stderr }]) {
      expect(stdout + stderr).not.toMatch(/^\s*::/m)
      expect(stdout + stderr).not.toContain('##[')
    }
  })

  test('are code in Markdown', async () => {
    const { stdout } = await check(['--format=markdown'], { files })
    expect(stdout.match(/^\| A reference is not pinned /gm)).toHaveLength(NAMES.length)
    const rest = stdout.replaceAll(/`[^`\n]*`/g, '')
    expect(rest).not.toMatch(/<script|@everyone|::/)
  })

  test('are valid JSON', async () => {
    const { stdout } = await check(['--format=json'], { files })
    const json: JsonReport = JSON.parse(stdout)
    expect(jsonErrors(json)).toEqual([])
    expect(new Set(json.findings.map(({ file }) => file))).toEqual(new Set(Object.keys(files)))
  })
})

test('hostile references are no commands and no markup', async () => {
  const hostile = [
    '"a/b@v1\\n::error::owned"',
    '"::stop-commands::x"',
    '"##[add-mask]x"',
    '"<script>alert(1)</script>"',
    '"`a` | b | @everyone"',
    '"docker://x\\n::warning::%0A"',
  ]
  const files = { [CI]: workflow(...hostile) }
  const commands = await check(['--format=github'], { files })
  const lines = commands.stdout.trimEnd().split('\n')
  expect(lines).toHaveLength(hostile.length + 1)
  for (const line of lines.slice(0, -1))
    expect(line).toMatch(/^::(?:error|notice) file=\.github\/workflows\/ci\.yml,line=\d+,/)
  const text = await check([], { files })
  expect(text.stdout).not.toMatch(/^\s*::/m)
  const markdown = await check(['--format=markdown'], { files })
  expect(markdown.stdout.replaceAll(/`[^`\n]*`/g, '')).not.toMatch(/<script|@everyone|::/)
})

function rows(text: string): number {
  return text.match(/^\| A reference is not pinned /gm)?.length ?? 0
}

test('many findings: a comment stays short enough, and the job summary has more', async () => {
  const uses = Array.from({ length: 700 }, (_, number) => `acme/tool@v${number}`)
  const { stdout, cwd } = await check(['--report=markdown=-', '--report=github=commands'], {
    files: { [CI]: workflow(...uses) },
    env: { GITHUB_STEP_SUMMARY: 'summary.md' },
  })
  expect(Buffer.byteLength(stdout)).toBeLessThanOrEqual(65_536)
  expect(stdout).toContain(`${700 - rows(stdout)} findings more`)
  expect(rows(await textOf(cwd, 'summary.md'))).toBe(700)
})

describe('the example for code scanning', () => {
  const example = fileURLToPath(new URL('../../examples/code-scanning.yml', import.meta.url))

  test('is found clean by itself', async () => {
    const cwd = await temporaryFolder()
    await mkdir(join(cwd, '.github', 'workflows'), { recursive: true })
    await copyFile(example, join(cwd, '.github', 'workflows', 'pinsmith.yml'))
    const { code, stdout } = await runPinsmith(['check', '--offline', '--format=json'], { cwd })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ offline: true, findings: [] })
  })

  test('its command is one of pinsmith, and writes what is uploaded', async () => {
    const text = await readFile(example, 'utf8')
    const [, command = ''] = /npx --yes pinsmith@\S+ (.+)/.exec(text) ?? []
    const [, upload = ''] = /sarif_file: (\S+)/.exec(text) ?? []
    const cwd = await temporaryFolder({ [CI]: MIXED })
    const { code, stdout } = await runPinsmith(command.split(' '), { cwd, github, withToken: true })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^::error /)
    expect(sarifErrors(JSON.parse(await textOf(cwd, upload)))).toEqual([])
  })
})
