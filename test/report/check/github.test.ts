import { describe, expect, test } from 'vitest'
import { formatCheckGithub } from '../../../src/report/check/github.ts'
import type { CheckReport } from '../../../src/report/check/report.ts'
import { workflowCommand } from '../../../src/report/check/workflow-command.ts'
import {
  checkReport,
  HOSTILE_TEXTS,
  hostileReport,
  longReport,
  NESTED,
  NOWHERE,
  UNPINNED,
  VAGUE,
} from '../finding-samples.ts'
import { CI } from '../graph-samples.ts'

/** A workflow command, read as GitHub's runner reads a line. */
interface Command {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

function unescape(value: string, escapes: readonly (readonly [string, string])[]): string {
  return [...escapes, ['%25', '%'] as const].reduce(
    (sum, [from, to]) => sum.replaceAll(from, to),
    value,
  )
}

/** https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs */
function readCommand(line: string): Command | undefined {
  const text = line.trimStart()
  const end = text.indexOf('::', 2)
  if (!text.startsWith('::') || end === -1) return undefined
  const [name = '', ...rest] = text.slice(2, end).split(' ')
  const lineEnds = [
    ['%0D', '\r'],
    ['%0A', '\n'],
  ] as const
  const properties = rest
    .join(' ')
    .split(',')
    .map((property) => {
      const [key = '', ...value] = property.split('=')
      const escapes = [...lineEnds, ['%3A', ':'], ['%2C', ',']] as const
      return [key, unescape(value.join('='), escapes)] as const
    })
  return {
    name,
    properties: Object.fromEntries(properties),
    data: unescape(text.slice(end + 2), lineEnds),
  }
}

function commandsOf(report: CheckReport): Command[] {
  return formatCheckGithub(report)
    .split('\n')
    .flatMap((line) => readCommand(line) ?? [])
}

test('a finding is an annotation on its place', () => {
  expect(commandsOf(checkReport([UNPINNED]))).toEqual([
    {
      name: 'error',
      properties: {
        file: CI,
        line: '4',
        col: '15',
        endColumn: '27',
        title: 'A reference is not pinned (unpinned)',
      },
      data: expect.stringMatching(/^acme\/tool@v1: .+\nWhy: .+\nNext: .+$/),
    },
  ])
})

test('the gravest come first, each in the kind of its level', () => {
  const commands = commandsOf(checkReport([VAGUE, NOWHERE, UNPINNED]))
  expect(commands.map(({ name }) => name)).toEqual(['error', 'warning', 'notice'])
})

test('one about the whole run has no place', () => {
  const [command] = commandsOf(checkReport([NOWHERE]))
  expect(Object.keys(command?.properties ?? {})).toEqual(['title'])
})

test('a chain is told', () => {
  const [command] = commandsOf(checkReport([NESTED]))
  expect(command?.data).toContain(
    'Chain: extractions/setup-just@9b1d2f9b1d2f → extractions/setup-crate@v1',
  )
})

test('a reference over several lines has no columns, which the runner would drop', () => {
  const [command] = commandsOf(checkReport([{ ...UNPINNED, length: 40 }]))
  expect(command?.properties).toEqual({
    file: CI,
    line: '4',
    endLine: '5',
    title: expect.any(String),
  })
})

function lastOf(report: CheckReport): string | undefined {
  return formatCheckGithub(report).trimEnd().split('\n').at(-1)
}

describe('the last line', () => {
  test.each<[string, CheckReport, string]>([
    ['counts', checkReport([VAGUE, UNPINNED, UNPINNED]), 'pinsmith check: 2 errors, 1 note.'],
    ['says that there is nothing', checkReport([]), 'pinsmith check: nothing found.'],
  ])('%s', (_, report, expected) => {
    expect(lastOf(report)).toBe(expected)
  })

  test('says that GitHub does not show all', () => {
    expect(lastOf(longReport(40))).toContain('10 annotations')
    expect(commandsOf(longReport(40))).toHaveLength(40)
  })
})

describe('hostile text', () => {
  const text = formatCheckGithub(hostileReport())
  const lines = text.trimEnd().split('\n').slice(0, -2)

  test('makes no line and no command of its own', () => {
    const commands = lines.map(readCommand)
    expect(commands).toHaveLength(HOSTILE_TEXTS.length * 3)
    expect([...new Set(commands.map((command) => command?.name))]).toEqual(['warning', 'notice'])
  })

  test('no property is added, and the file is the one that is meant', () => {
    const commands = commandsOf(hostileReport())
    for (const { properties } of commands)
      expect(Object.keys(properties).filter((key) => !KEYS.includes(key))).toEqual([])
    expect(new Set(commands.map(({ properties }) => properties['file']))).toEqual(
      new Set(HOSTILE_TEXTS.map((name) => `.github/workflows/${name}.yml`)),
    )
  })

  test('no terminal is steered', () => {
    for (const { data, properties } of commandsOf(hostileReport()))
      expect(data.replaceAll('\n', '') + properties['title']).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })

  const KEYS = ['file', 'line', 'col', 'endColumn', 'title']
})

test.each(HOSTILE_TEXTS)('a command reads as it was meant: %j', (text) => {
  const place = { file: text, line: 1, endLine: 1, column: 2, endColumn: 3 }
  const line = workflowCommand({ kind: 'error', title: 'a, b: c=d %3A', place, message: ['x%0A'] })
  expect(line).not.toMatch(/[\r\n]/)
  expect(readCommand(line)).toEqual({
    name: 'error',
    properties: { file: text, line: '1', col: '2', endColumn: '3', title: 'a, b: c=d %3A' },
    data: 'x%0A',
  })
})
