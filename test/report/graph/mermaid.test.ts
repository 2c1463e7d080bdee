import { describe, expect, test } from 'vitest'
import { formatMermaid } from '../../../src/report/graph/mermaid.ts'
import type { Graph } from '../../../src/walk/graph.ts'
import { dedent } from '../../support/dedent.ts'
import { graphOf, pin, reportOf, use } from '../graph-builder.ts'
import {
  bigGraph,
  CACHE,
  CI,
  cleanGraph,
  HOSTILE,
  hostileGraph,
  mixedGraph,
  SETUP_CRATE,
  SETUP_JUST,
} from '../graph-samples.ts'

function mermaid(graph: Graph): string {
  return formatMermaid(graph, reportOf(graph).verdict)
}

test('boxes, arrows and classes', () => {
  const graph = graphOf({
    [CI]: [
      pin(SETUP_JUST, 'v2.0.0'),
      pin(SETUP_JUST, 'v2.0.0'),
      use('docker://alpine:3', { kind: 'leaf', what: 'image', image: 'alpine:3' }),
      use('./gone', { kind: 'unknown', reason: { kind: 'unreadable', detail: 'no "x"' } }),
    ],
    [SETUP_JUST]: [use('extractions/setup-crate@v1', SETUP_CRATE)],
    [SETUP_CRATE]: [],
  })
  expect(mermaid(graph)).toBe(dedent`
    flowchart LR
      n0([".github/workflows/ci.yml"]):::workflow
      n1["extractions/setup-just<br>v2.0.0 · 9b1d2f9b1d2f"]:::action
      n2[/"docker#58;//alpine#58;3"/]:::image
      n3["./gone<br>no #34;x#34;"]:::unknown
      n4["extractions/setup-crate<br>499362449936"]:::unpinned
      n0 --> n1
      n0 --> n2
      n0 -.->|"?"| n3
      n1 -->|"✗ @v1"| n4
      classDef workflow fill:#ddf4ff,stroke:#0969da,color:#0a3069
      classDef action stroke:#8c959f
      classDef image stroke:#8c959f,stroke-dasharray:4 3
      classDef unknown fill:#fff8c5,stroke:#9a6700,stroke-dasharray:4 3,color:#4d2d00
      classDef unpinned fill:#ffebe9,stroke:#cf222e,stroke-width:2px,color:#82071e
      linkStyle 3 stroke:#cf222e,stroke-width:2px
      linkStyle 2 stroke:#9a6700
  `)
})

const LABEL = String.raw`"[\p{L}\p{M}\p{N} ./@$(),·✗…?+=-]*(?:(?:#\d+;|<br>)[\p{L}\p{M}\p{N} ./@$(),·✗…?+=-]*)*"`
const LINES = [
  /^flowchart LR$/,
  /^ {2}%% Left out, since the diagram would be too large to draw: \d+ references?\.$/,
  new RegExp(String.raw`^  n\d+(?:\[${LABEL}\]|\(\[${LABEL}\]\)|\[/${LABEL}/\]):::[a-z]+$`, 'u'),
  new RegExp(String.raw`^  n\d+ (?:-->|-\.->)(?:\|${LABEL}\|)? n\d+$`, 'u'),
  /^ {2}classDef [a-z]+ [a-z0-9#:, -]+$/,
  /^ {2}linkStyle \d+(?:,\d+)* [a-z0-9#:,-]+$/,
]

describe.each([
  ['mixed', mixedGraph()],
  ['clean', cleanGraph()],
  ['hostile', hostileGraph()],
  ['big', bigGraph()],
  ['huge', bigGraph(700, 900, 3)],
  ['long', longGraph()],
  ['empty', graphOf({})],
])('what GitHub draws: %s', (_, graph) => {
  const text = mermaid(graph)
  const lines = text.trimEnd().split('\n')

  test('every line is one of the few that are meant', () => {
    expect(lines.filter((line) => !LINES.some((form) => form.test(line)))).toEqual([])
  })

  test('every arrow joins boxes, and every style is of an arrow', () => {
    const boxes = new Set(lines.flatMap((line) => /^ {2}(n\d+)[[(]/.exec(line)?.[1] ?? []))
    const arrows = lines.filter((line) => / (?:-->|-\.->)/.test(line))
    for (const arrow of arrows)
      for (const id of arrow.match(/\bn\d+(?= )|n\d+$/g) ?? []) expect(boxes).toContain(id)
    for (const line of lines.filter((each) => each.includes('linkStyle')))
      for (const number of (line.split(' ')[3] ?? '').split(','))
        expect(Number(number)).toBeLessThan(arrows.length)
  })

  test('it is within the limits', () => {
    expect(text.length).toBeLessThanOrEqual(50_000)
    expect(lines.filter((line) => / (?:-->|-\.->)/.test(line)).length).toBeLessThanOrEqual(500)
  })
})

test('too large a graph keeps what blocks and says how much is left out', () => {
  const text = mermaid(bigGraph())
  expect(text).toMatch(
    /%% Left out, since the diagram would be too large to draw: \d{3} references\./,
  )
  expect(text.match(/✗ @v1/g)).toHaveLength(4)
  expect(text).not.toContain('Left out, since the diagram would be too large to draw: 1023 ')
})

test('clean subtrees go before what workflows use themselves', () => {
  const text = mermaid(bigGraph(12, 300, 18))
  expect(text).toContain('Left out')
  for (let number = 0; number < 12; number++) expect(text).toContain(`workflow-${number}.yml`)
  expect(text.match(/-->/g)?.length).toBeGreaterThan(12 * 18)
})

test('a graph without trouble that is too large is cut, the nearest first', () => {
  const text = mermaid(bigGraph(700, 40, 3))
  expect(text).toContain('Left out')
  expect(text).toContain('workflow-0.yml')
  expect(text.match(/-->/g)?.length).toBeGreaterThan(300)
})

/** References as long as nobody writes them, and more of them than fit. */
function longGraph(): Graph {
  const uses = Array.from({ length: 450 }, (_, number) =>
    use(`acme/${HOSTILE[2].repeat(20)}${number}@v1`, CACHE, 'unpinned'),
  )
  return graphOf({ [CI]: uses, [CACHE]: [] })
}
