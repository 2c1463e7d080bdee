import { describe, expect, test } from 'vitest'
import { locate } from '../../src/yaml/locate.ts'
import { locateManifest } from '../../src/yaml/locate-manifest.ts'
import { dedent } from '../support/dedent.ts'

/** The references of a manifest with their lines, or why it could not be read. */
function sitesIn(text: string): string[] | string {
  const located = locateManifest(text)
  if (located.kind !== 'located') return located.kind
  return located.sites.map((site) => `${site.position.line} ${site.text}`)
}

const manifest = (description: string): string => dedent`
  inputs:
    extra:
      description: ${description}
      default: 'none'
  runs:
    using: composite
    steps:
      - uses: acme/tool@v1
`

describe('quoted text whose further lines are not indented is read as GitHub reads it', () => {
  test.each([
    ['one line', `'as you see\nhere.'`, ['9 acme/tool@v1']],
    ['several, in double quotes', `"as you\nsee\n\nhere: - uses: x/y@v1"`, ['11 acme/tool@v1']],
    ['with a quote in it', `'it''s\nhere'`, ['9 acme/tool@v1']],
    ['with a comment that is none', `'as you # see\n# here'`, ['9 acme/tool@v1']],
  ])('%s', (_, description, sites) => {
    const text = manifest('X').replace('X', () => description)
    expect(locate(text).kind).toBe('yaml')
    expect(sitesIn(text)).toEqual(sites)
    expect(sitesIn(text.replaceAll('\n', '\r\n'))).toEqual(sites)
  })
})

test('what is YAML is read as that', () => {
  expect(sitesIn(manifest('fine'))).toEqual(['8 acme/tool@v1'])
})

describe('anything else that is wrong stays so', () => {
  test.each([
    ['a quote that nobody closes', manifest(`'open`)],
    ['a list that nobody closes', 'runs: [\n'],
    ['more than anybody writes', manifest(`'${'x\n'.repeat(100)}'`)],
  ])('%s', (_, text) => {
    expect(locateManifest(text)).toEqual(locate(text))
    expect(sitesIn(text)).toBe('yaml')
  })
})
