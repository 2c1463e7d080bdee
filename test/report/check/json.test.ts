import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { FINDING_CODES } from '../../../src/domain/finding-code.ts'
import { formatCheckJson } from '../../../src/report/check/json.ts'
import type { CheckReport } from '../../../src/report/check/report.ts'
import { formatFailureJson } from '../../../src/report/failure-json.ts'
import { readSchema } from '../../support/json-schema.ts'
import {
  checkReport,
  hostileReport,
  longReport,
  NESTED,
  NOWHERE,
  UNPINNED,
  VAGUE,
} from '../finding-samples.ts'

const SCHEMA = new URL('../../../schema/check.schema.json', import.meta.url)
const errorsOf = readSchema(SCHEMA)

const jsonOf = (report: CheckReport): unknown => JSON.parse(formatCheckJson(report))
const EVERYTHING = checkReport([NOWHERE, UNPINNED, NESTED, VAGUE])

describe('the published schema', () => {
  test.each<[string, unknown]>([
    ['a report of everything', jsonOf(EVERYTHING)],
    ['a report of nothing', jsonOf(checkReport([]))],
    ['a report without a verdict', jsonOf(checkReport([UNPINNED], { nested: undefined }))],
    ['a report of hostile text', jsonOf(hostileReport())],
    ['a report of many', jsonOf(longReport(200))],
    ['a finding in a whole file', jsonOf(checkReport([{ ...UNPINNED, position: undefined }]))],
    ['a failure', JSON.parse(formatFailureJson('network', { what: 'no', why: 'so', next: 'do' }))],
    [
      'wrong usage',
      JSON.parse(formatFailureJson('usage', { what: 'no', why: undefined, next: undefined })),
    ],
  ])('takes %s', (_, value) => {
    expect(errorsOf(value)).toEqual([])
  })

  test('knows every code', () => {
    const schema: { readonly $defs: { readonly code: object } } = JSON.parse(
      readFileSync(SCHEMA, 'utf8'),
    )
    expect(schema.$defs.code).toMatchObject({ enum: FINDING_CODES })
  })

  test.each<[string, object]>([
    ['a property that it does not know', { more: 1 }],
    ['another version', { version: 2 }],
    ['a verdict without its chains', { verdict: 'passes' }],
    ['an empty chain', { chains: [[]], unknown: [], verdict: 'blocked' }],
    ['an unknown code', { findings: [findingJson({ code: 'no-such' })] }],
    ['a level that is none', { findings: [findingJson({ level: 'off' })] }],
    ['a finding with more', { findings: [findingJson({ more: 1 })] }],
    ['a line without its column', { findings: [findingJson({ file: 'x', line: 1 })] }],
    ['line 0', { findings: [findingJson({ file: 'x', line: 0, column: 1 })] }],
    ['a message without words', { findings: [findingJson({ message: '' })] }],
    ['a fix without edits', { findings: [findingJson({ file: 'x', fix: { edits: [] } })] }],
    ['a failure beside findings', { error: { code: 'usage', message: 'x' } }],
  ])('refuses %s', (_, more) => {
    expect(errorsOf({ version: 1, offline: false, findings: [], ...more })).not.toEqual([])
  })
})

function findingJson(more: object): object {
  return { code: 'archived', level: 'note', message: 'a', why: 'b', help: 'c', chain: [], ...more }
}
