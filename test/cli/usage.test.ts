import { beforeAll, describe, expect, test } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { readVersion } from '../../src/cli/version.ts'
import { runPinsmith, spawnPinsmith } from '../support/run.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { CI, snapshot, workflow } from './support.ts'

const run = (...args: string[]) => runPinsmith(args, { cwd: '/' })

describe('--help', () => {
  test('shows what it does, the options, examples and exit codes', async () => {
    const { code, stdout, stderr } = await run('--help')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^Usage: pinsmith \[pin\] \[options\] \[paths\.\.\.\]\n/)
    for (const part of ['Options:', 'Examples:', 'Environment:', 'Exit codes:', '--dry-run'])
      expect(stdout).toContain(part)
    expect(stdout).toMatch(/^ {2}pinsmith --dry-run +\S/m)
    expect(stdout).not.toContain('undefined')
  })

  test('of pin shows the same options', async () => {
    const { code, stdout, stderr } = await run('pin', '--help')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^Usage: pinsmith pin \[options\] \[paths\.\.\.\]\n/)
    const top = optionsIn((await run('-h')).stdout)
    expect(optionsIn(stdout)).toEqual(top.filter((option) => option !== '--version'))
    expect(optionsIn(stdout)).toContain('--resolver')
  })

  test('fits the terminal', async () => {
    const { stdout } = await run('--help')
    const options = stdout.slice(0, stdout.indexOf('Examples:')).split('\n')
    for (const line of options) expect(line.length).toBeLessThanOrEqual(80)
  })
})

function optionsIn(help: string): string[] {
  const part = help.slice(help.indexOf('Options:'), help.indexOf('Examples:'))
  return [...part.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, name = '']) => name)
}

test.each(['--version', '-V'])('%s prints the version alone', async (arg) => {
  expect(await run(arg)).toEqual({ code: 0, stdout: `${readVersion()}\n`, stderr: '' })
  expect(readVersion()).toMatch(/^\d+\.\d+\.\d+/)
})

describe('wrong usage', () => {
  test.each<[string[], string]>([
    [['--no-such'], "unknown option '--no-such'"],
    [['--dri-run'], 'Did you mean --dry-run?'],
    [['pin', '--stric'], 'Did you mean --strict?'],
    [['--max-wait', 'long'], "argument 'long' is invalid. Give a whole number of seconds."],
    [['--max-wait', '-1'], 'Give a whole number of seconds.'],
    [['--max-wait', '1.5'], 'Give a whole number of seconds.'],
    [['--max-wait', ''], 'Give a whole number of seconds.'],
    [['--max-wait'], 'argument missing'],
    [['--prefer', 'main'], 'Allowed choices are tag, branch.'],
    [['--comments', 'below'], 'Allowed choices are after, above.'],
    [['--resolver', 'rest'], 'Allowed choices are api, git.'],
    [['--format', 'yaml'], 'Allowed choices are text, json.'],
    [['--color', 'yes'], 'Allowed choices are auto, always, never.'],
    [['--only', ''], 'Give a glob such as actions/*.'],
    [['--ignore='], 'Give a glob such as actions/*.'],
  ])('%j', async (args, says) => {
    const cwd = await temporaryFolder({ [CI]: workflow('acme/tool@v1') })
    const before = await snapshot(cwd)
    const { code, stdout, stderr } = await runPinsmith(args, { cwd })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(says)
    expect(stderr).toContain('Run `pinsmith --help` for the options.')
    expect(await snapshot(cwd)).toEqual(before)
  })
})

test('a fault of pinsmith itself is told as one, and its text is made harmless', async () => {
  let stderr = ''
  const io = {
    env: {},
    cwd: '/',
    stdin: noInput(),
    stdout: {
      write: () => {
        throw new Error('odd\u001b[2J')
      },
    },
    stderr: { write: (text: string | Uint8Array) => void (stderr += text.toString()) },
  }
  expect(await main(['--format', 'json', '-'], io)).toBe(2)
  expect(stderr).toContain('this is a fault of pinsmith; please report it')
  expect(stderr).toContain('Error: odd\\u{1b}[2J\n')
})

async function* noInput(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('a: b\n')
}

describe('completion', () => {
  // Its library prints to the process, so it takes one.
  let cwd: string
  const complete = (...args: string[]) => spawnPinsmith(['complete', ...args], { cwd })
  beforeAll(() => {
    cwd = import.meta.dirname
  })

  test.each(['bash', 'zsh', 'fish', 'powershell'])('prints a script for %s', async (shell) => {
    const { code, stdout, stderr } = await complete(shell)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('pinsmith')
    expect(stdout.split('\n').length).toBeGreaterThan(20)
  })

  test('completes an option', async () => {
    const { code, stdout } = await complete('--', '--res')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^--resolver\t/)
    expect(stdout).not.toContain('--format')
  })

  test('completes the choices of an option', async () => {
    const { stdout } = await complete('--', '--prefer', '')
    expect(stdout.split('\n').map((line) => line.trim())).toEqual(
      expect.arrayContaining(['tag', 'branch']),
    )
  })
})
