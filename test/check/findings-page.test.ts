import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { defaultLevels } from '../../src/check/levels.ts'
import { FINDING_CODES } from '../../src/domain/finding-code.ts'
import { findingPage } from '../../src/report/project-pages.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/findings.md'), 'utf8')
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.split('\n')[0] ?? '', section] as const),
)
const rows = [...page.matchAll(/^\| \[([\w-]+)\]\(#([\w-]+)\) +\| (\w+)/gm)]

test('the page of findings has a section for each code, in the order of the catalogue', () => {
  expect([...sections.keys()]).toEqual(FINDING_CODES)
})

test('its table names each code with its level', () => {
  expect(rows.map(([, code, anchor, level]) => [code, anchor, level])).toEqual(
    FINDING_CODES.map((code) => [code, code, defaultLevels[code]]),
  )
})

describe.each(FINDING_CODES)('%s', (code) => {
  test('says why it matters and what to do, and can be linked to', () => {
    const section = sections.get(code) ?? ''
    expect(section).toContain('**Why.**')
    expect(section).toContain('**What to do.**')
    expect(findingPage(code)).toMatch(new RegExp(`/docs/findings\\.md#${code}$`))
  })
})

test('its links lead to sections', () => {
  const anchors = [...page.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor]) => anchor ?? '')
  expect(anchors.filter((anchor) => !sections.has(anchor))).toEqual([])
})
