import { describe, expect, test } from 'vitest'
import { FINDING_CODES } from '../../../src/domain/finding-code.ts'
import type { CheckReport } from '../../../src/report/check/report.ts'
import { formatCheckSarif } from '../../../src/report/check/sarif.ts'
import { readPublicSchema } from '../../support/json-schema.ts'
import {
  checkReport,
  findingAt,
  findingOf,
  fixOf,
  HOSTILE_TEXTS,
  hostileReport,
  longReport,
  NESTED,
  NOWHERE,
  UNPINNED,
  VAGUE,
  WORKFLOW,
} from '../finding-samples.ts'
import { commit } from '../graph-builder.ts'
import { CI, SETUP_JUST } from '../graph-samples.ts'

const errorsOf = readPublicSchema('sarif-2.1.0')

interface Log {
  readonly $schema: string
  readonly version: string
  readonly runs: readonly [Run]
}

interface Run {
  readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly Rule[] } }
  readonly invocations: readonly [{ readonly toolExecutionNotifications: readonly unknown[] }]
  readonly results: readonly Result[]
}

interface Rule {
  readonly id: string
  readonly name?: string
  readonly shortDescription: { readonly text: string }
  readonly fullDescription: { readonly text: string }
  readonly help: { readonly text: string; readonly markdown: string }
  readonly helpUri: string
  readonly defaultConfiguration: { readonly level: string }
  readonly properties: { readonly tags: readonly string[]; readonly 'security-severity'?: string }
}

interface Place {
  readonly startLine: number
  readonly startColumn: number
  readonly endLine: number
  readonly endColumn: number
}

interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string }
    readonly region: Place & { readonly snippet?: { readonly text: string } }
  }
  readonly message?: { readonly text: string }
}

interface Result {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: string
  readonly message: { readonly text: string }
  readonly locations: readonly [Location]
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly codeFlows?: readonly {
    readonly threadFlows: readonly [{ readonly locations: readonly { location: Location }[] }]
  }[]
  readonly fixes?: readonly {
    readonly artifactChanges: readonly {
      readonly artifactLocation: { readonly uri: string }
      readonly replacements: readonly {
        readonly deletedRegion: Place
        readonly insertedContent: { readonly text: string }
      }[]
    }[]
  }[]
}

function runOf(report: CheckReport): Run {
  const log: Log = JSON.parse(formatCheckSarif(report, '1.2.3'))
  return log.runs[0]
}

describe.each([
  ['of everything', checkReport([NOWHERE, UNPINNED, NESTED, VAGUE])],
  ['of nothing', checkReport([])],
  ['of hostile text', hostileReport()],
  ['of many', longReport(300)],
  ['without texts', checkReport([UNPINNED, NESTED, VAGUE], { texts: new Map() })],
])('a log %s', (_, report) => {
  const text = formatCheckSarif(report, '1.2.3')
  const run = runOf(report)

  test('is SARIF 2.1.0', () => {
    expect(errorsOf(JSON.parse(text))).toEqual([])
    expect(text.endsWith('}\n')).toBe(true)
  })

  test('has everything that code scanning asks for', () => {
    for (const result of run.results) {
      expect(result.message.text).not.toBe('')
      expect(result.locations).toHaveLength(1)
      const { artifactLocation, region } = result.locations[0].physicalLocation
      expect(artifactLocation.uriBaseId).toBe('%SRCROOT%')
      const [start, end] = [region.startLine, region.endLine]
      expect(end * 1e6 + region.endColumn).toBeGreaterThanOrEqual(start * 1e6 + region.startColumn)
      expect(result.partialFingerprints['primaryLocationLineHash']).toMatch(/^[0-9a-f]+:\d+$/)
      expect(run.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId)
    }
    for (const rule of run.tool.driver.rules) {
      for (const words of [rule.shortDescription.text, rule.fullDescription.text]) {
        expect(words).not.toBe('')
        expect(words.length).toBeLessThanOrEqual(1024)
      }
      expect(rule.help.text).not.toBe('')
      expect(rule.name?.length ?? 0).toBeLessThanOrEqual(255)
      expect(rule.name?.toLowerCase()).not.toBe(rule.id)
      expect(rule.properties.tags.length).toBeLessThanOrEqual(10)
    }
  })

  test('tells every result from the others', () => {
    const prints = run.results.map(({ partialFingerprints }) => partialFingerprints['pinsmith/v1'])
    expect(new Set(prints).size).toBe(prints.length)
  })
})

describe('the rules', () => {
  test('are those of every code, found or not', () => {
    expect(runOf(checkReport([])).tool.driver.rules.map(({ id }) => id)).toEqual(FINDING_CODES)
  })

  test('lead to the page of the code, and say how grave it is', () => {
    const [rule, nested] = runOf(checkReport([])).tool.driver.rules
    expect(nested?.name).toBe('NestedUnpinned')
    expect(rule).toMatchObject({
      id: 'unpinned',
      helpUri: expect.stringMatching(/\/docs\/findings\.md#unpinned$/),
      help: { markdown: expect.stringContaining('/docs/findings.md#unpinned)') },
      defaultConfiguration: { level: 'error' },
      properties: { 'security-severity': '7.5', tags: expect.arrayContaining(['security']) },
    })
  })

  test('of errors alone have a severity, high enough to hold up a pull request', () => {
    const { rules } = runOf(checkReport([])).tool.driver
    const grave = rules.filter(({ properties }) => Number(properties['security-severity']) >= 7)
    const graded = rules.filter(({ properties }) => 'security-severity' in properties)
    const errors = rules.filter(({ defaultConfiguration: { level } }) => level === 'error')
    expect(errors.length).toBeGreaterThan(10)
    expect(grave).toEqual(errors)
    expect(graded).toEqual(errors)
  })

  test('have none where a finding was taken for less: it would outrank the level', () => {
    const run = runOf(checkReport([{ ...UNPINNED, level: 'note' }]))
    expect(run.tool.driver.rules[0]?.properties).not.toHaveProperty('security-severity')
    expect(run.results[0]?.level).toBe('note')
  })
})

describe('a result', () => {
  test('has its place, in UTF-16 code units, and what stands there', () => {
    const { results } = runOf(checkReport([UNPINNED, VAGUE]))
    expect(results.map(({ locations }) => locations[0].physicalLocation)).toEqual([
      {
        artifactLocation: { uri: CI, uriBaseId: '%SRCROOT%' },
        region: {
          startLine: 4,
          startColumn: 15,
          endLine: 4,
          endColumn: 27,
          snippet: { text: 'acme/tool@v1' },
        },
      },
      {
        artifactLocation: { uri: CI, uriBaseId: '%SRCROOT%' },
        region: {
          startLine: 6,
          startColumn: 29,
          endLine: 6,
          endColumn: 80,
          snippet: { text: `acme/other@${commit('b2')}` },
        },
      },
    ])
  })

  test('whose length is not known goes to the end of the line', () => {
    const { results } = runOf(checkReport([{ ...UNPINNED, length: 0 }]))
    expect(results[0]?.locations[0].physicalLocation.region).toMatchObject({ endColumn: 27 })
  })

  test('about a whole file stands in its first line', () => {
    const { results } = runOf(checkReport([{ ...UNPINNED, position: undefined, length: 0 }]))
    expect(results[0]?.locations[0].physicalLocation.region).toEqual({
      startLine: 1,
      startColumn: 1,
      endLine: 1,
      endColumn: 6,
      snippet: { text: 'jobs:' },
    })
  })

  test('counts columns behind a byte order mark', () => {
    const text = `\ufeff{uses: acme/tool@v1}\n`
    const finding = findingAt(UNPINNED.detail, 'acme/tool@v1', {}, text)
    const { results } = runOf(checkReport([finding], { texts: new Map([[CI, text]]) }))
    expect(results[0]?.locations[0].physicalLocation.region).toMatchObject({
      startColumn: 8,
      endColumn: 20,
      snippet: { text: 'acme/tool@v1' },
    })
  })

  test('about the whole run has a place all the same', () => {
    const { results } = runOf(checkReport([NOWHERE]))
    expect(results[0]?.locations[0].physicalLocation.artifactLocation.uri).toBe('.github/workflows')
  })

  test('says first which reference and what', () => {
    const { results } = runOf(checkReport([UNPINNED]))
    expect(results[0]?.message.text).toMatch(/^acme\/tool@v1: .+\. .+\.$/)
  })

  test('of a nested reference has its chain as a code flow', () => {
    const { results } = runOf(checkReport([NESTED]))
    expect(results).toHaveLength(1)
    const steps = results[0]?.codeFlows?.[0]?.threadFlows[0].locations ?? []
    expect(steps.map(({ location }) => location.message?.text)).toEqual([
      'extractions/setup-just@9b1d2f9b1d2f',
      'extractions/setup-crate@v1',
    ])
    for (const { location } of steps)
      expect(location.physicalLocation.artifactLocation.uri).toBe(CI)
  })

  test('is one for all that a reference leads to, since code scanning knows but one', () => {
    const other = { ...NESTED, chain: [SETUP_JUST, 'acme/deep@v2'] }
    const { results } = runOf(checkReport([NESTED, other, { ...NESTED, file: 'action.yml' }]))
    expect(results.map(({ codeFlows }) => codeFlows?.length)).toEqual([2, 1])
    expect(results[0]?.message.text).toContain('acme/deep@v2')
  })

  test('has its fix as a replacement', () => {
    const { results } = runOf(checkReport([VAGUE]))
    expect(results[0]?.fixes).toEqual([
      {
        description: { text: expect.any(String) },
        artifactChanges: [
          {
            artifactLocation: { uri: CI, uriBaseId: '%SRCROOT%' },
            replacements: [
              {
                deletedRegion: { startLine: 6, startColumn: 83, endLine: 7, endColumn: 1 },
                insertedContent: { text: '# v1.2.3\n' },
              },
            ],
          },
        ],
      },
    ])
  })

  test('has a fix that inserts, too', () => {
    const start = WORKFLOW.indexOf('acme/tool@v1') + 12
    const edit = { span: { start, end: start }, expected: '', replacement: ' # v1' }
    const { results } = runOf(checkReport([{ ...UNPINNED, fix: { edits: [edit] } }]))
    const [change] = results[0]?.fixes?.[0]?.artifactChanges ?? []
    expect(change?.replacements[0]?.deletedRegion).toEqual({
      startLine: 4,
      startColumn: 27,
      endLine: 4,
      endColumn: 27,
    })
  })

  test('has no half of a fix where the text is not at hand', () => {
    const [result] = runOf(checkReport([VAGUE], { texts: new Map() })).results
    expect(result).not.toHaveProperty('fixes')
  })
})

function printsOf(report: CheckReport): Readonly<Record<string, string>>[] {
  return runOf(report).results.map(({ partialFingerprints }) => partialFingerprints)
}

describe('fingerprints', () => {
  test('stay when the line moves', () => {
    const moved = `# a comment\n\n${WORKFLOW}`
    const after = findingAt(UNPINNED.detail, 'acme/tool@v1', {}, moved)
    expect(after.position?.line).toBe(6)
    expect(printsOf(checkReport([after], { texts: new Map([[CI, moved]]) }))).toEqual(
      printsOf(checkReport([UNPINNED])),
    )
  })

  test('differ by code, file and reference', () => {
    const findings = [
      UNPINNED,
      { ...UNPINNED, file: 'action.yml' },
      { ...UNPINNED, reference: 'acme/tool@v2', position: { line: 7, column: 9 } },
      { ...UNPINNED, detail: { code: 'archived' } as const },
    ]
    const prints = printsOf(checkReport(findings)).map((print) => print['pinsmith/v1'])
    expect(new Set(prints).size).toBe(findings.length)
    expect(prints.every((print) => print?.endsWith(':1'))).toBe(true)
  })

  test('tell the same twice in one file apart', () => {
    const second = { ...UNPINNED, position: { line: 7, column: 9 } }
    expect(
      printsOf(checkReport([UNPINNED, second])).map((print) => print['pinsmith/v1']?.slice(-2)),
    ).toEqual([':1', ':2'])
  })
})

describe('hostile text', () => {
  test('is a path in one piece: every URI is relative, and decodes to the name', () => {
    const uris = runOf(hostileReport()).results.map(
      ({ locations }) => locations[0].physicalLocation.artifactLocation.uri,
    )
    for (const uri of uris) expect(uri).toMatch(/^\.github\/workflows\/[\w!'()*.~%/-]*\.yml$/)
    expect([...new Set(uris.map((uri) => decodeURIComponent(uri)))]).toEqual(
      HOSTILE_TEXTS.map((text) => `.github/workflows/${text}.yml`),
    )
  })

  test('makes no link in a message', () => {
    for (const { message } of runOf(hostileReport()).results)
      expect(message.text).not.toContain('](')
  })

  test('hides nothing in a message', () => {
    for (const { message } of runOf(hostileReport()).results)
      expect(message.text).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })

  test('half a surrogate pair in a name is no reason to fail', () => {
    const run = runOf(checkReport([{ ...UNPINNED, file: 'a\ud800.yml' }]))
    expect(run.results[0]?.locations[0].physicalLocation.artifactLocation.uri).toBe(
      'a%EF%BF%BD.yml',
    )
  })

  test('a place that is not in the text is no reason to fail', () => {
    const finding = { ...UNPINNED, position: { line: 900, column: 900 } }
    expect(errorsOf(JSON.parse(formatCheckSarif(checkReport([finding]), '1.2.3')))).toEqual([])
  })
})

test('more results than code scanning takes: the mildest are left out, and it says so', () => {
  const findings = Array.from({ length: 25_010 }, (_, line) =>
    findingOf(line < 20 ? { code: 'archived' } : { code: 'unpinned', commit: undefined }, {
      file: CI,
      position: { line: line + 1, column: 1 },
    }),
  )
  const run = runOf(checkReport(findings, { texts: new Map() }))
  expect(run.results).toHaveLength(25_000)
  expect(run.results.filter(({ ruleId }) => ruleId === 'archived')).toHaveLength(10)
  expect(run.invocations[0].toolExecutionNotifications).toEqual([
    { level: 'warning', message: { text: expect.stringContaining('10 results left out') } },
  ])
})

test('a fix of several edits is one change', () => {
  const { edits } = fixOf('acme/tool@v1', 'x')
  const fix = { edits: [...edits, ...fixOf('make', 'y').edits] }
  const [result] = runOf(checkReport([{ ...UNPINNED, fix }])).results
  expect(result?.fixes?.[0]?.artifactChanges[0]?.replacements).toHaveLength(2)
})
