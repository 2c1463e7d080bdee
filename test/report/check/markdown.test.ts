import { describe, expect, test } from 'vitest'
import { formatCheckMarkdown, MOST_OF_COMMENT } from '../../../src/report/check/markdown.ts'
import type { CheckReport } from '../../../src/report/check/report.ts'
import { formatCheckSummary, MOST_OF_SUMMARY } from '../../../src/report/check/summary.ts'
import { formatMermaid } from '../../../src/report/graph/mermaid.ts'
import {
  checkReport,
  hostileReport,
  HOSTILE_TEXTS,
  longReport,
  NESTED,
  NOWHERE,
  UNPINNED,
  VAGUE,
} from '../finding-samples.ts'
import { reportOf } from '../graph-builder.ts'
import { bigGraph, cleanGraph, CI } from '../graph-samples.ts'

const comment = (report: CheckReport): string => formatCheckMarkdown(report, MOST_OF_COMMENT)
const bytes = (text: string): number => Buffer.byteLength(text)

test('the verdict, the counts, a table for each level, and what to do folded away', () => {
  const lines = comment(checkReport([NOWHERE, UNPINNED, NESTED, VAGUE])).split('\n')
  expect(lines[0]).toBe('<!-- pinsmith check -->')
  expect(lines[1]).toBe('## ✗ pinsmith: 2 errors, 1 warning, 1 note')
  expect(lines[3]).toMatch(/^\*\*blocked\*\*: \d+ references that are not pinned would stop /)
  expect(lines.filter((line) => /^(?:### |\| [^-f]|<\/?details>)/.test(line))).toEqual([
    '### 2 errors',
    expect.stringMatching(
      /^\| A reference is not pinned \(\[`unpinned`\]\(https:\S+#unpinned\)\) \| `\S+ci\.yml:4` \| `acme\/tool@v1` \|$/,
    ),
    expect.stringMatching(
      /\| `extractions\/setup-just@9b1d2f9b1d2f` → `extractions\/setup-crate@v1` \|$/,
    ),
    '<details>',
    '</details>',
    '### 1 warning',
    expect.stringMatching(/\| the whole run \| {2}\|$/),
    '<details>',
    '</details>',
    '### 1 note',
    expect.stringMatching(/^\| The version beside a pin could be more exact /),
    '<details>',
    '</details>',
  ])
  expect(lines).toContain('- `pinsmith check --fix` mends it')
  expect(lines).toContain(
    '- Chain: `extractions/setup-just@9b1d2f9b1d2f` → `extractions/setup-crate@v1`',
  )
})

test('each finding says what, why and next', () => {
  const lines = comment(checkReport([UNPINNED, VAGUE])).split('\n')
  for (const word of ['What', 'Why', 'Next'])
    expect(lines.filter((line) => line.startsWith(`- ${word}: `))).toHaveLength(2)
})

test('nothing found', () => {
  const { graph, verdict } = reportOf(cleanGraph())
  expect(comment(checkReport([], { nested: { graph, verdict } }))).toBe(
    '<!-- pinsmith check -->\n## ✓ pinsmith: nothing found\n\n**passes**: everything that 1 workflow runs is pinned, nested actions included.\n\n',
  )
})

test('notes alone are no failure', () => {
  expect(comment(checkReport([VAGUE]))).toContain('## ✓ pinsmith: 1 note\n')
})

test('what was not looked at is said', () => {
  const text = comment(checkReport([UNPINNED], { nested: undefined, offline: true }))
  expect(text).toContain('What the actions use in turn was not looked at.')
  expect(text).toContain('Only what can be known without a network was looked at.')
  expect(text).not.toContain('passes')
})

const SPAN = String.raw`\x60[^\x60|\n\r]+\x60`
const PROSE = String.raw`(?:${SPAN}|[\p{L}\p{M}\p{N}'’"“”‘.,;:()/…→–—%=+?! -])*`
const PAGE = String.raw`\[\x60[a-z-]+\x60\]\(https://github\.com/[\w./-]+#[a-z-]+\)`
const LINES = [
  /^$/,
  /^<!-- pinsmith check -->$/,
  /^#{2,3} [✗✓\w ,:]+$/,
  /^\*\*(?:blocked|unknown|passes)\*\*: [\w ,]+\.$/,
  /^\| finding \| where \| reference \|$/,
  /^\| --- \| --- \| --- \|$/,
  new RegExp(
    String.raw`^\| [\w ']+ \(${PAGE}\) \| (?:${SPAN}|the whole run) \| (?:${SPAN}|${SPAN} → ${SPAN})? \|$`,
    'u',
  ),
  /^<\/?details>$/,
  /^<summary>What they are, why that matters, what to do<\/summary>$/,
  new RegExp(`^${PAGE}(?: ${SPAN})?$`, 'u'),
  new RegExp(`^- (?:What|Why|Next): ${PROSE}$`, 'u'),
  new RegExp(`^- Chain: ${SPAN}(?: → ${SPAN})+$`, 'u'),
  /^- `pinsmith check --fix` mends it$/,
  /^Left out here, since GitHub takes no more: [\w ,]+\. `pinsmith check` tells all\.$/,
]

describe.each([
  ['of everything', checkReport([NOWHERE, UNPINNED, NESTED, VAGUE])],
  ['of hostile text', hostileReport()],
  ['of many', longReport(3000)],
])('a comment %s', (_, report) => {
  const text = comment(report)

  test('has no line but those that are meant', () => {
    const lines = text.split('\n')
    expect(lines.filter((line) => !LINES.some((form) => form.test(line)))).toEqual([])
  })

  test('is no longer than GitHub takes', () => {
    expect(bytes(text)).toBeLessThanOrEqual(MOST_OF_COMMENT)
  })

  test('has no address, mention or issue outside of code', () => {
    const rest = text.replaceAll(/`[^`\n]*`/g, '').replaceAll(/\]\(https:[^)\s]+\)/g, '')
    expect(rest).not.toMatch(/@|:\/\/|www\.|#\d|GH-\d|\$/)
  })
})

test('hostile text leaves nothing out', () => {
  const text = comment(hostileReport())
  expect(text.match(/^\| .+ \|$/gm)?.length).toBe(HOSTILE_TEXTS.length * 3 + 2 * 2)
})

describe('too many findings', () => {
  test('details go first, then the mildest; and it says how many', () => {
    const text = comment(longReport(150))
    expect(text.match(/^\| .*`unpinned`/gm)).toHaveLength(100)
    expect(text.match(/^\| .*`label-vague`/gm)).toHaveLength(50)
    const left = /the details of (\d+) of the above/.exec(text)?.[1]
    expect(text.match(/^- What: /gm)).toHaveLength(150 - Number(left))
    expect(text).not.toContain('findings more')
  })

  test('of very many the gravest stay', () => {
    const text = comment(longReport(3000))
    const rows = text.match(/^\| .*`unpinned`/gm)?.length ?? 0
    expect(rows).toBeGreaterThan(100)
    expect(text).not.toContain('`label-vague`')
    expect(text).toContain(`${3000 - rows} findings more`)
    expect(text).toContain('## ✗ pinsmith: 2000 errors, 1000 notes\n')
    expect(text).toContain('### 2000 errors\n')
    expect(bytes(text)).toBeGreaterThan(MOST_OF_COMMENT * 0.9)
  })
})

describe('a job summary', () => {
  test('has the tree as a diagram', () => {
    const report = checkReport([UNPINNED])
    const text = formatCheckSummary(report, MOST_OF_SUMMARY)
    const { graph, verdict } = reportOf(bigGraph())
    expect(text.startsWith(comment(report))).toBe(true)
    expect(text).toMatch(/\n### What runs\n\n```mermaid\nflowchart LR\n[^`]+\n```\n$/)
    const big = formatCheckSummary(checkReport([], { nested: { graph, verdict } }), MOST_OF_SUMMARY)
    expect(big).toContain(formatMermaid(graph, verdict))
  })

  test('has none where nothing was walked', () => {
    const text = formatCheckSummary(checkReport([], { nested: undefined }), MOST_OF_SUMMARY)
    expect(text).not.toContain('mermaid')
  })

  test.each([300, 3000, 100_000, MOST_OF_SUMMARY])('fits into %i bytes', (most) => {
    const text = formatCheckSummary(longReport(6000), most)
    expect(bytes(text)).toBeLessThanOrEqual(Math.max(most, 1000))
    expect(text).toContain(`2000 notes\n`)
  })

  test('of hostile text has nothing that ends the diagram', () => {
    const { texts } = hostileReport()
    const text = formatCheckSummary(hostileReport(), MOST_OF_SUMMARY)
    expect(text.match(/^```/gm)).toHaveLength(2)
    expect(texts.size).toBe(HOSTILE_TEXTS.length)
    expect(text).toContain(CI)
  })
})
