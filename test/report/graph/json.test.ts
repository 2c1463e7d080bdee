import { expect, test } from 'vitest'
import { formatGraphJson } from '../../../src/report/graph/json.ts'
import { graphOf, pin, reportOf, use } from '../graph-builder.ts'
import { CHECKOUT, CI, hostileGraph, SETUP_CRATE, SETUP_JUST } from '../graph-samples.ts'

test('nodes, edges, roots and the verdict, as data', () => {
  const graph = graphOf({
    [CI]: [
      pin(SETUP_JUST, 'v2.0.0'),
      use('docker://alpine', { kind: 'leaf', what: 'image', image: 'alpine' }),
      use('./gone', {
        kind: 'unknown',
        reason: { kind: 'not-in-workspace', tried: ['gone/action.yml'] },
      }),
    ],
    [SETUP_JUST]: [use('extractions/setup-crate@v1', SETUP_CRATE)],
    [SETUP_CRATE]: [],
  })
  const report = reportOf(graph, [{ code: 'binary', file: 'x/action.yml' }])
  const [just, crate] = [SETUP_JUST, SETUP_CRATE].map((key) => key.split('@')[1])
  expect(JSON.parse(formatGraphJson(report))).toEqual({
    version: 1,
    command: 'graph',
    verdict: 'blocked',
    chains: [[CI, SETUP_JUST, 'extractions/setup-crate@v1']],
    unknown: [['x/action.yml'], [CI, './gone']],
    roots: [CI],
    nodes: [
      { key: CI, kind: 'file', path: CI },
      {
        key: SETUP_JUST,
        kind: 'remote',
        owner: 'extractions',
        repo: 'setup-just',
        path: '',
        commit: just,
      },
      {
        key: SETUP_CRATE,
        kind: 'remote',
        owner: 'extractions',
        repo: 'setup-crate',
        path: '',
        commit: crate,
      },
    ],
    edges: [
      {
        from: CI,
        line: 10,
        column: 15,
        reference: SETUP_JUST,
        label: 'v2.0.0',
        standing: 'pinned',
        target: { kind: 'node', key: SETUP_JUST },
      },
      {
        from: CI,
        line: 11,
        column: 15,
        reference: 'docker://alpine',
        standing: 'exempt',
        target: { kind: 'leaf', what: 'image' },
      },
      {
        from: CI,
        line: 12,
        column: 15,
        reference: './gone',
        standing: 'exempt',
        target: {
          kind: 'unknown',
          reason: { kind: 'not-in-workspace', tried: ['gone/action.yml'] },
          message:
            'this means a place in your repository, and there is nothing (looked for gone/action.yml)',
        },
      },
      {
        from: SETUP_JUST,
        line: 10,
        column: 15,
        reference: 'extractions/setup-crate@v1',
        standing: 'unpinned',
        target: { kind: 'node', key: SETUP_CRATE },
      },
    ],
    problems: [
      {
        code: 'binary',
        file: 'x/action.yml',
        message: 'this is a binary file',
        why: 'what it uses is not known, so it cannot pass as pinned',
        help: 'take it out, or name only text files',
      },
    ],
  })
})

test('every edge leads to a node that is there, and text from outside is as it was', () => {
  const text = formatGraphJson(reportOf(hostileGraph()))
  const { edges, nodes }: GraphJson = JSON.parse(text)
  const keys = new Set(nodes.map(({ key }) => key))
  const ends = edges.flatMap(({ from, target }) => [from, target.key ?? from])
  expect(ends.filter((key) => !keys.has(key))).toEqual([])
  expect(edges.map(({ reference }) => reference)).toContain('\u001b[31mred\u202egnp.exe\u200b')
  expect(keys).toContain(CHECKOUT)
  expect(text.endsWith('}\n')).toBe(true)
})

interface GraphJson {
  readonly edges: readonly {
    readonly from: string
    readonly reference: string
    readonly target: { readonly key?: string }
  }[]
  readonly nodes: readonly { readonly key: string }[]
}
