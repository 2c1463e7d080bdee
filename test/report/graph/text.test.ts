import { expect, test } from 'vitest'
import { formatGraphText, type GraphReport } from '../../../src/report/graph/text.ts'
import type { Palette } from '../../../src/report/palette.ts'
import { dedent } from '../../support/dedent.ts'
import { commit, graphOf, pin, reportOf, use } from '../graph-builder.ts'
import { CACHE, CI, cleanGraph, hostileGraph, mixedGraph } from '../graph-samples.ts'

const same = (text: string): string => text
const plain: Palette = { bold: same, dim: same, red: same, green: same, yellow: same }
const tagged: Palette = {
  bold: same,
  dim: (text) => `<dim>${text}</dim>`,
  red: (text) => `<red>${text}</red>`,
  green: same,
  yellow: (text) => `<yellow>${text}</yellow>`,
}

function trees(report: GraphReport): string {
  return formatGraphText(report, 'normal', plain).split('\n✗ blocked')[0] ?? ''
}

test('a tree for each workflow, with shared subtrees once and cycles ended', () => {
  expect(trees(reportOf(mixedGraph()))).toBe(dedent`
    .github/workflows/ci.yml
    ├─ actions/checkout@11bd719011bd (v4.2.2)  :10 :14
    ├─ ./.github/actions/setup  :11
    │  ├─ actions/setup-node@49933ea54993 (v4.4.0)  :10
    │  └─ actions/cache@0057852b0057 (v4.3.0)  :11
    ├─ extractions/setup-just@9b1d2f9b1d2f (v2.0.0)  :12
    │  └─ ✗ extractions/setup-crate@v1  unpinned  = 499362449936
    ├─ docker://alpine:3.20  image  :13
    ├─ ✗ dorny/test-reporter@v1  unpinned  ? v1 is both a tag (a1a1a1a1a1a1) and a branch (b2b2b2b2b2b2), which are different commits  :15
    └─ octo-org/workflows/.github/workflows/lint.yml@v2  = c0ffeec0ffee  :16
       ├─ actions/checkout@11bd719011bd (v4.2.2)
       ├─ octo-org/tool@700170017001 (v3.1.0)
       │  ├─ $/inner  … (a cycle, shown above)
       │  └─ ✗ actions/upload-artifact@v4  unpinned  = ea165f8dea16
       └─ ✗ octo-org/private@v1  unpinned  ? the repository octo-org/private was not found: there is none, or it is private

    .github/workflows/release.yml
    ├─ actions/checkout@11bd719011bd (v4.2.2)  :10
    ├─ ./.github/actions/setup  :11  … (shown above)
    ├─ actions/upload-pages-artifact@56afc6056afc (v3.0.1)  :12
    │  └─ ✗ actions/upload-artifact@v4  unpinned  = ea165f8dea16
    ├─ octo-org/loop@100b100b100b (v1.0.0)  :13
    │  └─ octo-org/loop@100b100b100b  … (a cycle, shown above)
    └─ ./.github/workflows/ci.yml  :14  … (shown above)

    .github/workflows/stale.yml
    └─ actions/setup-node@49933ea54993 (v4.4.0)  :10
  `)
})

test('a cycle of two ends, and what a later workflow lists is shown below', () => {
  const [a, b] = [`o/a@${commit('a')}`, `o/b@${commit('b')}`]
  const graph = graphOf({
    '.github/workflows/a.yml': [use('./.github/workflows/b.yml', '.github/workflows/b.yml')],
    '.github/workflows/b.yml': [use(a)],
    [a]: [use(b)],
    [b]: [use(a)],
  })
  expect(trees(reportOf(graph)).split('\n✓')[0]).toBe(dedent`
    .github/workflows/a.yml
    └─ ./.github/workflows/b.yml  :10  … (shown below)

    .github/workflows/b.yml
    └─ o/a@aaaaaaaaaaaa  :10
       └─ o/b@bbbbbbbbbbbb
          └─ o/a@aaaaaaaaaaaa  … (a cycle, shown above)
  `)
})

test('a node is listed as near to a root as it can be', () => {
  const [near, far] = [`o/near@${commit('a')}`, `o/far@${commit('b')}`]
  const graph = graphOf({
    [CI]: [use(far), use(near)],
    [far]: [use(near)],
    [near]: [pin(CACHE, 'v4')],
    [CACHE]: [],
  })
  expect(trees(reportOf(graph))).toContain(dedent`
    ├─ o/far@bbbbbbbbbbbb  :10
    │  └─ o/near@aaaaaaaaaaaa  … (shown below)
    └─ o/near@aaaaaaaaaaaa  :11
       └─ actions/cache@0057852b0057 (v4)
  `)
})

test('colours: unpinned red, unknown yellow, images and lines dim', () => {
  const graph = graphOf({
    [CI]: [
      use('docker://alpine', { kind: 'leaf', what: 'image', image: 'alpine' }),
      use('acme/a@v1', CACHE),
      use('./gone', { kind: 'unknown', reason: { kind: 'not-in-workspace', tried: [] } }),
    ],
    [CACHE]: [],
  })
  const text = formatGraphText(reportOf(graph), 'normal', tagged)
  expect(text).toContain('<dim>├─ </dim><dim>docker://alpine</dim>  <dim>image</dim>')
  expect(text).toContain('<red>✗</red> acme/a@v1  <red>unpinned</red>  <dim>= 0057852b0057</dim>')
  expect(text).toContain('<yellow>?</yellow> ./gone  <yellow>this means a place in your')
})

test('files that could not be read are told before the verdict; quiet leaves the trees out', () => {
  const report = reportOf(cleanGraph(), [{ code: 'symlink', file: '.github/workflows/link.yml' }])
  expect(formatGraphText(report, 'quiet', plain)).toMatch(
    /^✗ \.github\/workflows\/link\.yml\n {4}this is a symbolic link\n[^]*\n\n\? unknown: what 1 of 2 workflows/,
  )
  expect(formatGraphText(report, 'normal', plain)).toMatch(/^\.github\/workflows\/ci\.yml\n├─ /)
})

test('a workflow that uses nothing says so', () => {
  expect(trees(reportOf(graphOf({ [CI]: [] })))).toContain(`${CI}  uses nothing\n`)
})

test('nothing in a name steers a terminal', () => {
  expect(formatGraphText(reportOf(hostileGraph()), 'verbose', plain)).not.toMatch(
    /(?!\n)[\p{Cc}\p{Cf}]/u,
  )
})
