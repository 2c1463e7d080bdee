import { describe, expect, test } from 'vitest'
import { sitesAfterCheckout } from '../../src/yaml/checkout.ts'
import { locate } from '../../src/yaml/locate.ts'
import { dedent } from '../support/dedent.ts'

/** The references of a workflow for which `./` is the repository. */
function after(text: string): string[] {
  const located = locate(text)
  if (located.kind !== 'located') throw new Error(located.kind)
  return [...sitesAfterCheckout(located)].map((site) => site.text)
}

const job = (...steps: readonly string[]): string =>
  `jobs: { a: { steps: [${steps.map((step) => `{ ${step} }`).join(', ')}] } }`

describe('a step has the repository at hand behind a step that checks it out', () => {
  test('and not before it', () => {
    expect(after(job('uses: a/b@v1', 'uses: actions/checkout@v4', 'uses: c/d@v1'))).toEqual([
      'c/d@v1',
    ])
  })

  test.each([
    'uses: Actions/Checkout@v4',
    'uses: actions/checkout@v4, with: { fetch-depth: 0 }',
    "'uses': 'actions/checkout@0123456789012345678901234567890123456789'",
  ])('%s', (checkout) => {
    expect(after(job(checkout, 'uses: a/b@v1'))).toEqual(['a/b@v1'])
  })

  test.each([
    'uses: actions/checkout@v4, with: { path: sub }',
    'uses: actions/checkout@v4, with: { repository: a/b }',
    'uses: actions/checkout@v4, with: { ref: "${{ github.event.pull_request.head.sha }}" }',
    'uses: actions/checkout@v4, with: { sparse-checkout: docs }',
    "uses: actions/checkout@v4, if: github.event_name == 'push'",
    'uses: actions/checkout@v4, background: true',
    'uses: actions/checkout/sub@v4',
    'uses: my/checkout@v4',
    'run: git clone x .',
    'parallel: [{ uses: actions/checkout@v4 }]',
  ])('which this is not: %s', (step) => {
    expect(after(job(step, 'uses: a/b@v1'))).toEqual([])
  })

  test.each([
    'uses: actions/checkout@v4, with: { repository: a/b }',
    'uses: actions/checkout@v4, with: { ref: gh-pages }',
    'uses: actions/checkout@v4, if: always(), with: { ref: gh-pages }',
    'uses: actions/checkout@v4, with: { repository: a/b, path: . }',
    'uses: actions/checkout@v4, with: { repository: a/b, path: "${{ inputs.path }}" }',
  ])('until another takes its place: %s', (other) => {
    const own = 'uses: actions/checkout@v4'
    expect(after(job(own, 'uses: a/b@v1', other, 'uses: c/d@v1'))).not.toContain('c/d@v1')
    expect(after(job(own, other, own, 'uses: c/d@v1'))).toContain('c/d@v1')
  })

  test.each([
    'uses: actions/checkout@v4, with: { repository: a/b, path: sub }',
    "uses: actions/checkout@v4, if: github.event_name == 'push'",
  ])('which this leaves as it is: %s', (other) => {
    expect(after(job('uses: actions/checkout@v4', other, 'uses: c/d@v1'))).toContain('c/d@v1')
  })

  test('in the same job', () => {
    const workflow = dedent`
      jobs:
        a:
          steps:
            - uses: actions/checkout@v4
            - uses: a/b@v1
            - parallel:
                - uses: c/d@v1
        b:
          steps:
            - uses: e/f@v1
    `
    expect(after(workflow)).toEqual(['a/b@v1', 'c/d@v1'])
  })

  test('in every job that an aliased step is in', () => {
    const workflow = dedent`
      jobs:
        a:
          steps:
            - &checkout { uses: actions/checkout@v4 }
            - &both { uses: a/b@v1 }
            - &one { uses: c/d@v1 }
        b:
          steps:
            - *both
            - *checkout
            - *one
    `
    expect(after(workflow)).toEqual(['c/d@v1'])
  })

  test('a step that a called workflow is, or an action has, is none', () => {
    expect(after('runs: { steps: [{ uses: actions/checkout@v4 }, { uses: a/b@v1 }] }')).toEqual([])
  })

  test('anchors make it neither long nor endless', () => {
    const groups = Array.from(
      { length: 40 },
      (_, n) => `    - &g${n + 1} { parallel: [*g${n}, *g${n}] }`,
    )
    const steps = ['    - &g0 { uses: a/b@v1 }', ...groups].join('\n')
    expect(after(`jobs:\n  a:\n    steps:\n${steps}\n`)).toEqual([])
  })
})
