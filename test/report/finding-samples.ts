import type { Finding, Fix } from '../../src/check/finding.ts'
import type { FindingDetail } from '../../src/check/finding-detail.ts'
import { defaultLevels } from '../../src/check/levels.ts'
import type { CheckReport } from '../../src/report/check/report.ts'
import { splitLines } from '../../src/yaml/lines.ts'
import { commit, reportOf } from './graph-builder.ts'
import { CI, HOSTILE, mixedGraph, SETUP_JUST } from './graph-samples.ts'

/** A workflow in which the samples stand. */
export const WORKFLOW: string = [
  'jobs:',
  '  build:',
  '    steps:',
  '      - uses: acme/tool@v1',
  `      - uses: ${SETUP_JUST} # v2.0.0`,
  `      - { name: "🚀", uses: acme/other@${commit('b2')} } # v1`,
  '      - run: make',
  '',
].join('\n')

/** A finding at the first place where the text holds `needle`; its level is the usual one. */
export function findingAt(
  detail: FindingDetail,
  needle: string,
  more: Partial<Finding> = {},
  text: string = WORKFLOW,
): Finding {
  const start = text.indexOf(needle)
  if (start === -1) throw new Error(`${needle} is not in the text`)
  return {
    ...findingOf(detail),
    file: CI,
    position: splitLines(text).position(start),
    length: needle.length,
    reference: needle,
    chain: [needle],
    ...more,
  }
}

/** A finding about the whole run. */
export function findingOf(detail: FindingDetail, more: Partial<Finding> = {}): Finding {
  return {
    level: defaultLevels[detail.code],
    detail,
    file: undefined,
    position: undefined,
    length: 0,
    reference: undefined,
    chain: [],
    fix: undefined,
    ...more,
  }
}

/** A fix that replaces the first `old` of the text. */
export function fixOf(old: string, replacement: string, text: string = WORKFLOW): Fix {
  const start = text.indexOf(old)
  return {
    edits: [{ span: { start, end: start + old.length }, expected: old, replacement }],
  }
}

export const UNPINNED: Finding = findingAt(
  { code: 'unpinned', commit: commit('a1') },
  'acme/tool@v1',
)

export const NESTED: Finding = findingAt({ code: 'nested-unpinned' }, SETUP_JUST, {
  chain: [SETUP_JUST, 'extractions/setup-crate@v1'],
})

export const VAGUE: Finding = findingAt(
  { code: 'label-vague', label: 'v1', exact: 'v1.2.3' },
  `acme/other@${commit('b2')}`,
  { fix: fixOf('# v1\n', '# v1.2.3\n') },
)

/** Advisories could not be read: it stands nowhere. */
export const NOWHERE: Finding = findingOf({
  code: 'undetermined',
  what: {
    kind: 'advisories',
    failure: { kind: 'unusable', host: 'github.com', detail: 'the host answered 502' },
  },
})

/** A report of these findings on {@link WORKFLOW}. */
export function checkReport(
  findings: readonly Finding[],
  more: Partial<CheckReport> = {},
): CheckReport {
  const { graph, verdict } = reportOf(mixedGraph())
  return {
    findings,
    nested: { graph, verdict },
    offline: false,
    texts: new Map([[CI, WORKFLOW]]),
    ...more,
  }
}

/** Names that would like to be commands, markup, mentions, cells or lines of their own. */
export const HOSTILE_TEXTS: readonly string[] = [
  ...HOSTILE,
  'a/b@v1\n::error::owned',
  '::stop-commands::x',
  '##[add-mask]x',
  '%0A::warning::%25',
  '@everyone @octo-org/owners',
  '| --- | x |',
  '\\| x \\\\| y',
  '`` ` code ` ``',
  '```\n# title',
  '[click](https://evil.example/x)',
  '![img](https://evil.example/x.png)',
  'https://evil.example www.evil.example mail@evil.example',
  '</details></summary>-->',
  '#1 GH-2 octo-org/repo#3',
  '*bold* _it_ ~~no~~ $x$ :tada:',
  'ends with \\',
  '日本/größe@v1',
]

/** One finding for each hostile text: in its file's name, its reference, its chain, and what is told of it. */
export function hostileReport(): CheckReport {
  const findings = HOSTILE_TEXTS.flatMap((text): Finding[] => {
    const file = `.github/workflows/${text}.yml`
    const place = { file, position: { line: 1, column: 1 }, length: 4 }
    return [
      findingOf(
        { code: 'label-gone', label: text },
        { ...place, reference: text, chain: [text, text] },
      ),
      findingOf(
        { code: 'undetermined', what: { kind: 'reach', detail: text } },
        { ...place, reference: text, chain: [text] },
      ),
      findingOf(
        { code: 'unpinned-image', image: text },
        {
          ...place,
          reference: text,
          fix: { edits: [{ span: { start: 0, end: 4 }, expected: 'jobs', replacement: text }] },
        },
      ),
    ]
  })
  const texts = new Map(findings.map(({ file }) => [file ?? '', 'jobs: {}\n']))
  return checkReport(findings, { texts })
}

/** More than any report holds. */
export function longReport(number: number): CheckReport {
  const findings = Array.from({ length: number }, (_, index): Finding => {
    const file = `.github/workflows/workflow-${index}.yml`
    return { ...(index % 3 === 0 ? VAGUE : UNPINNED), file }
  })
  return checkReport(findings, {
    texts: new Map(findings.map(({ file }) => [file ?? '', WORKFLOW])),
  })
}
