import type { Graph } from '../../src/walk/graph.ts'
import { commit, graphOf, pin, use } from './graph-builder.ts'

export const CI = '.github/workflows/ci.yml'
export const RELEASE = '.github/workflows/release.yml'

export const CHECKOUT: string = `actions/checkout@${commit('11bd7190')}`
const SETUP_NODE: string = `actions/setup-node@${commit('49933ea5')}`
export const SETUP_JUST: string = `extractions/setup-just@${commit('9b1d2f')}`
export const SETUP_CRATE: string = `extractions/setup-crate@${commit('4993624')}`
export const CACHE: string = `actions/cache@${commit('0057852b')}`
const PAGES: string = `actions/upload-pages-artifact@${commit('56afc60')}`
const ARTIFACT: string = `actions/upload-artifact@${commit('ea165f8d')}`
const LINT: string = `octo-org/workflows/.github/workflows/lint.yml@${commit('c0ffee')}`
const TOOL: string = `octo-org/tool@${commit('70017001')}`
const LOOP: string = `octo-org/loop@${commit('100b')}`

/** Something of everything: shared subtrees, a cycle, unpinned references direct and nested, unknown ones, an image. */
export function mixedGraph(): Graph {
  return graphOf({
    [CI]: [
      pin(CHECKOUT, 'v4.2.2'),
      use('./.github/actions/setup', '.github/actions/setup/action.yml'),
      pin(SETUP_JUST, 'v2.0.0'),
      use('docker://alpine:3.20', { kind: 'leaf', what: 'image', image: 'alpine:3.20' }),
      pin(CHECKOUT, 'v4.2.2'),
      use('dorny/test-reporter@v1', {
        kind: 'unknown',
        reason: {
          kind: 'unresolved',
          resolution: { kind: 'ambiguous', tag: commit('a1'), branch: commit('b2') },
        },
      }),
      use('octo-org/workflows/.github/workflows/lint.yml@v2', LINT, 'exempt'),
    ],
    [RELEASE]: [
      pin(CHECKOUT, 'v4.2.2'),
      use('./.github/actions/setup', '.github/actions/setup/action.yml'),
      pin(PAGES, 'v3.0.1'),
      pin(LOOP, 'v1.0.0'),
      use('./.github/workflows/ci.yml', CI),
    ],
    '.github/workflows/stale.yml': [pin(SETUP_NODE, 'v4.4.0')],
    '.github/actions/setup/action.yml': [pin(SETUP_NODE, 'v4.4.0'), pin(CACHE, 'v4.3.0')],
    [CHECKOUT]: [],
    [SETUP_NODE]: [],
    [CACHE]: [],
    [SETUP_JUST]: [use('extractions/setup-crate@v1', SETUP_CRATE)],
    [SETUP_CRATE]: [],
    [PAGES]: [use('actions/upload-artifact@v4', ARTIFACT)],
    [ARTIFACT]: [],
    [LINT]: [
      pin(CHECKOUT, 'v4.2.2'),
      pin(TOOL, 'v3.1.0'),
      use('octo-org/private@v1', {
        kind: 'unknown',
        reason: { kind: 'unresolved', resolution: { kind: 'repository-not-found' } },
      }),
    ],
    [TOOL]: [use('$/inner', TOOL), use('actions/upload-artifact@v4', ARTIFACT)],
    [LOOP]: [use(LOOP)],
  })
}

/** Everything pinned. */
export function cleanGraph(): Graph {
  return graphOf({
    [CI]: [pin(CHECKOUT, 'v4.2.2'), pin(CACHE, 'v4.3.0')],
    [CHECKOUT]: [],
    [CACHE]: [],
  })
}

/** Names that would like to be markup, markers or marching orders. */
export const HOSTILE = [
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"] --> x[" %%{init: {}}%% #quot; `style:#a;`',
  '\\N"; evil [label="x"]; //',
  '\u001b[31mred\u202egnp.exe\u200b',
  "a' onmouseover='alert(1)",
  '& &amp; &#60;b&#62;',
] as const

export function hostileGraph(): Graph {
  return graphOf({
    [`.github/workflows/${HOSTILE[0]}.yml`]: HOSTILE.map((written) =>
      use(written, { kind: 'unknown', reason: { kind: 'unreadable', detail: written } }, 'open'),
    ),
    '.github/workflows/plain.yml': [
      ...HOSTILE.map((text) => use(`acme/${text}@v1`, CHECKOUT, 'unpinned')),
      ...HOSTILE.map((text) =>
        use(`docker://${text}`, { kind: 'leaf', what: 'image', image: text }),
      ),
    ],
    [CHECKOUT]: [],
  })
}

/** A graph with so many nodes and references that no diagram holds it. */
export function bigGraph(workflows = 40, actions = 300, width = 18): Graph {
  const nodes = Array.from({ length: actions }, (_, number) => {
    const below = [number * 3 + 1, number * 3 + 2, number * 3 + 3].filter((next) => next < actions)
    const uses = below.map((next) => pin(bigName(next), `v${next % 9}.${next % 5}.0`))
    if (number % 61 === 60) uses.push(use(`org-x/loose-${number}@v1`, bigName(0)))
    return [bigName(number), uses] as const
  })
  const roots = Array.from({ length: workflows }, (_, number) => {
    const uses = Array.from({ length: width }, (_each, index) =>
      pin(bigName((number * 31 + index * 7) % actions), `v${index}.0.0`),
    )
    return [`.github/workflows/workflow-${number}.yml`, uses] as const
  })
  return graphOf(Object.fromEntries([...roots, ...nodes]))
}

function bigName(number: number): string {
  return `org-${number % 17}/action-${number}@${commit((number + 4096).toString(16))}`
}
