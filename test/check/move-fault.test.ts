import { describe, expect, test } from 'vitest'
import type { FindingDetail } from '../../src/check/finding-detail.ts'
import type { Finding } from '../../src/check/finding.ts'
import { faultOfPin, faultOfTarget, isOfOneVersion, suspicion } from '../../src/check/move-fault.ts'
import { commit } from '../support/known-refs.ts'

const PIN = `acme/tool@${commit(1)}`

function finding(detail: FindingDetail, ...below: readonly string[]): Finding {
  const chain = [PIN, ...below]
  const place = { file: 'ci.yml', position: { line: 4, column: 15 }, length: 0, reference: PIN }
  return { level: 'error', detail, ...place, chain, fix: undefined }
}

const impostor: FindingDetail = {
  code: 'impostor-commit',
  label: undefined,
  actual: undefined,
  pull: undefined,
}
const unpinned: FindingDetail = { code: 'nested-unpinned' }
const undetermined: FindingDetail = {
  code: 'undetermined',
  what: { kind: 'reach', detail: 'nobody answered' },
}
const advisories: FindingDetail = {
  code: 'undetermined',
  what: {
    kind: 'advisories',
    failure: { kind: 'network', host: 'example.com', detail: 'no answer' },
  },
}
const vulnerable = (id: string): FindingDetail => ({
  code: 'vulnerable',
  version: 'v1.0.0',
  vulnerability: {
    id,
    action: 'acme/leaf',
    severity: 'high',
    summary: 'runs anything',
    range: '< 2',
    patched: undefined,
    url: `https://example.com/${id}`,
  },
})

describe('what keeps a pin from moving on', () => {
  test.each([
    ['that it is an impostor', impostor, true],
    ['that its label is gone', { code: 'label-gone', label: 'v1' }, true],
    ['that it could not be checked', undetermined, true],
    ['not that it is vulnerable', vulnerable('A'), false],
    ['not that no advisories could be read', advisories, false],
    ['not that its label is vague', { code: 'label-vague', label: 'v1', exact: undefined }, false],
  ] as const)('%s', (_, detail, expected) => {
    expect(faultOfPin([finding(detail)]) !== undefined).toBe(expected)
    expect(faultOfPin([finding(detail, 'acme/leaf@v1')])).toBeUndefined()
  })
})

describe('what keeps a target from being taken', () => {
  test('what is wrong with it, whatever was wrong before', () => {
    for (const detail of [impostor, undetermined, advisories, vulnerable('A')])
      expect(faultOfTarget([finding(detail)], [finding(detail)])?.detail).toBe(detail)
  })

  test('what is wrong below it, unless the same was wrong there before, at whatever version', () => {
    const [now, before] = [finding(unpinned, 'acme/leaf@v2'), finding(unpinned, 'acme/leaf@v1')]
    expect(faultOfTarget([now], [])).toBe(now)
    expect(faultOfTarget([now], [before])).toBeUndefined()
    expect(faultOfTarget([now], [finding(unpinned, 'acme/other@v1')])).toBe(now)
    const other = finding(vulnerable('B'), 'acme/leaf@v2')
    expect(faultOfTarget([other], [finding(vulnerable('A'), 'acme/leaf@v1')])).toBe(other)
  })

  test('the gravest first: what is of the target itself', () => {
    const own = finding(impostor)
    expect(faultOfTarget([finding(unpinned, 'acme/leaf@v2'), own], [])).toBe(own)
  })

  test('not what is worth a note alone', () => {
    const notes: readonly FindingDetail[] = [
      { code: 'archived' },
      { code: 'renamed', to: 'acme/new' },
      { code: 'label-missing', label: undefined },
      { code: 'unpinned-image', image: 'alpine' },
    ]
    expect(
      faultOfTarget(
        notes.map((detail) => finding(detail)),
        [],
      ),
    ).toBeUndefined()
  })
})

test('older versions are tried for the fault of one, and not where somebody tampered', () => {
  expect(isOfOneVersion(finding(unpinned, 'acme/leaf@v1'))).toBe(true)
  expect(isOfOneVersion(finding(vulnerable('A')))).toBe(true)
  expect(isOfOneVersion(finding(impostor))).toBe(false)
})

test('what nobody should pin is suspected for itself, and not for what it uses', () => {
  expect(suspicion([finding(undetermined), finding(impostor)])).toBe('impostor-commit')
  expect(suspicion([finding(impostor, 'acme/leaf@v1'), finding(undetermined)])).toBeUndefined()
})
