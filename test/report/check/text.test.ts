import { describe, expect, test } from 'vitest'
import type { Finding } from '../../../src/check/finding.ts'
import type { CheckReport } from '../../../src/report/check/report.ts'
import { formatCheckText } from '../../../src/report/check/text.ts'
import type { Palette } from '../../../src/report/palette.ts'
import { dedent } from '../../support/dedent.ts'
import { commit } from '../graph-builder.ts'
import { CI } from '../graph-samples.ts'
import { findingAt, findingOf, WORKFLOW } from '../finding-samples.ts'

const plain: Palette = {
  bold: (text) => text,
  dim: (text) => text,
  red: (text) => text,
  green: (text) => text,
  yellow: (text) => text,
}

function report(findings: readonly Finding[], text = WORKFLOW): CheckReport {
  return { findings, nested: undefined, offline: true, texts: new Map([[CI, text]]), references: 3 }
}

function shown(findings: readonly Finding[], text = WORKFLOW): string {
  return formatCheckText(report(findings, text), 'normal', plain)
}

const UNPINNED = findingAt({ code: 'unpinned', commit: undefined }, 'acme/tool@v1')
const VAGUE = findingAt(
  { code: 'label-vague', label: 'v1', exact: 'v1.2.3' },
  `acme/other@${commit('b2')}`,
)

test('a finding with its line, what, why and what to do next; a note in short; then what it comes to', () => {
  expect(shown([UNPINNED, VAGUE])).toBe(dedent`
    ${CI}
      ✗ error unpinned  4:15
        4 ┃ - uses: acme/tool@v1
          ┃         ━━━━━━━━━━━━
        v1 is no commit SHA
        why   its ref can be moved to other code at any time, and that runs with what the job may do
        next  run pinsmith

      · note label-vague  6:29
        the label says v1, which moves; this commit is v1.2.3

    ✗ 1 error, 1 note in 3 references
    Offline: whether commits and labels are true, what the actions use in turn, and known vulnerabilities were not looked at.
  `)
})

test('nothing found is said', () => {
  expect(shown([]).split('\n')[0]).toBe('✓ nothing found in 3 references')
})

test('notes alone fail nothing, and are shown as such', () => {
  expect(shown([VAGUE])).toContain('✓ 1 note in 3 references')
})

test('the same fault in several places of a file is told once', () => {
  const text = 'jobs:\n  a: { steps: [uses: acme/tool@v1, uses: acme/tool@v1] }\n'
  const findings = [21, 41].map((column) => ({ ...UNPINNED, position: { line: 2, column } }))
  const output = shown(findings, text)
  expect(output.match(/✗ error unpinned/g)).toHaveLength(1)
  expect(output).toContain('\n    also  2:41\n')
})

test('a finding about the whole run stands first, without a file', () => {
  const failure = { kind: 'network', host: 'github.com', detail: 'gone' } as const
  const run = findingOf({ code: 'undetermined', what: { kind: 'advisories', failure } })
  expect(shown([run, UNPINNED])).toMatch(/^ {2}! warning undetermined\n/)
})

describe('volumes', () => {
  test('quiet is a line for each that fails', () => {
    expect(formatCheckText(report([UNPINNED, VAGUE]), 'quiet', plain)).toBe(
      `${CI}:4:15: error unpinned: acme/tool@v1: v1 is no commit SHA\n`,
    )
  })

  test('verbose shows notes in full', () => {
    const output = formatCheckText(report([VAGUE]), 'verbose', plain)
    expect(output).toContain('6 ┃ - { name: "🚀", uses: acme/other@')
    expect(output).toContain('next  write `# v1.2.3`')
  })
})

/** The line of a text with this reference, and what stands under it. */
function frameOf(text: string, needle: string): string[] {
  const finding = findingAt({ code: 'unpinned', commit: undefined }, needle, {}, text)
  return shown([finding], text).split('\n').slice(2, 4)
}

describe('the frame', () => {
  test('counts a tab as two spaces, and hides what steers a terminal', () => {
    const [line = '', mark = ''] = frameOf('a:\t"\u001b[31m"\tuses: a/b@v1\n', 'a/b@v1')
    expect(line).toBe('    1 ┃ a:  "\\u{1b}[31m"  uses: a/b@v1')
    expect(mark.indexOf('━')).toBe(line.indexOf('a/b@v1'))
  })

  test('of a line without end is cut', () => {
    const [line = '', mark = ''] = frameOf(`uses: a/b@${'v'.repeat(500)}`, `a/b@${'v'.repeat(500)}`)
    expect(line.length).toBeLessThan(130)
    expect(mark.length).toBeLessThan(130)
    expect(line.endsWith('…')).toBe(true)
  })

  test('of a first line with a byte order mark, and with CRLF', () => {
    const [line = '', mark = ''] = frameOf('\ufeffuses: a/b@v1\r\n', 'a/b@v1')
    expect(line).toBe('    1 ┃ uses: a/b@v1')
    expect(mark.indexOf('━')).toBe(line.indexOf('a/b@v1'))
  })
})
