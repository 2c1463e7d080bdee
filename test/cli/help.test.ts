import { expect, test } from 'vitest'
import { runPinsmith } from '../support/run.ts'

const COMMANDS = ['pin', 'check', 'graph', 'update', 'vendor', 'patch', 'init', 'cache']

test('the program lists every command', async () => {
  const { stdout } = await runPinsmith(['--help'], { cwd: '/' })
  const listed = stdout.slice(stdout.indexOf('Commands:'), stdout.indexOf('Examples:'))
  const names = [...listed.matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name)
  expect(names).toEqual([...COMMANDS, 'help'])
})

test.each(COMMANDS)('%s has examples of its own, and they are command lines', async (command) => {
  const { stdout, code } = await runPinsmith([command, '--help'], { cwd: '/' })
  expect(code).toBe(0)
  const examples = stdout.slice(stdout.indexOf('Examples:'), stdout.indexOf('Environment:'))
  const lines = [...examples.matchAll(/^ {2}pinsmith(?: (\w+))?.*?(?= {2})/gm)]
  expect(lines.length).toBeGreaterThan(1)
  for (const [line, name] of lines) {
    expect(command === 'pin' || name === command).toBe(true)
    const options = [...line.matchAll(/ (--[\w-]+)/g)].map(([, option]) => option)
    for (const option of options) expect(stdout).toContain(option)
  }
  expect(stdout).toContain('Exit codes:')
})

test('no line is longer than a terminal is wide', async () => {
  for (const command of COMMANDS) {
    const { stdout } = await runPinsmith([command, '--help'], { cwd: '/' })
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([])
  }
})
