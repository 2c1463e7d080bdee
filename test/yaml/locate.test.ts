import { describe, expect, test } from 'vitest'
import { parseComment } from '../../src/domain/comment.ts'
import { locate, type LocatedFile, type Site } from '../../src/yaml/locate.ts'
import { dedent } from '../support/dedent.ts'

function located(text: string): LocatedFile {
  const result = locate(text)
  if (result.kind !== 'located') throw new Error(`not located: ${JSON.stringify(result)}`)
  return result
}

/** One line for each site: `line:column`, the text, and its ref's span text, obstacle, kind or fault. */
function sites(text: string): string[] {
  return located(text).sites.map((site) => {
    const { line, column } = site.position
    return `${line}:${column} ${JSON.stringify(site.text)} ${outcome(site, text)}`
  })
}

function outcome({ reference, refSpan }: Site, text: string): string {
  if (typeof reference === 'string') return `fault ${reference}`
  if (refSpan === undefined) return reference.kind
  return typeof refSpan === 'string' ? refSpan : `ref ${text.slice(refSpan.start, refSpan.end)}`
}

/** A workflow whose one job has these steps. */
function steps(text: string): string {
  const lines = text.replace(/\n$/, '').split('\n')
  return `jobs:\n  a:\n    steps:\n${lines.map((line) => `      ${line}`).join('\n')}\n`
}

describe('only where GitHub reads it', () => {
  test('steps, parallel groups and jobs of workflows', () => {
    const text = dedent`
      on: push
      jobs:
        build:
          steps:
            - uses: a/b@v1
            - parallel:
                - uses: a/c@v2
                - run: echo
                - parallel:
                    - uses: a/d@v3
        call:
          uses: o/r/.github/workflows/x.yml@v4
        own:
          uses: ./.github/workflows/y.yml
    `
    expect(sites(text)).toEqual([
      '5:15 "a/b@v1" ref v1',
      '7:19 "a/c@v2" ref v2',
      '10:23 "a/d@v3" ref v3',
      '12:11 "o/r/.github/workflows/x.yml@v4" ref v4',
      '14:11 "./.github/workflows/y.yml" local',
    ])
  })

  test('steps of composite actions', () => {
    const text = dedent`
      runs:
        using: composite
        steps:
          - uses: a/b@v1
          - uses: $/shared
          - uses: ./local
    `
    expect(sites(text)).toEqual([
      '4:13 "a/b@v1" ref v1',
      '5:13 "$/shared" self',
      '6:13 "./local" local',
    ])
  })

  test('images of steps, containers, services and Docker actions', () => {
    const workflow = dedent`
      jobs:
        a:
          container: alpine:3
          services:
            db: {image: "postgres:16"}
            cache:
              image: redis
          steps:
            - uses: docker://alpine@sha256:${'0'.repeat(64)}
        b:
          container:
            image: node:22
    `
    expect(sites(workflow)).toEqual([
      '3:16 "alpine:3" image',
      '5:19 "postgres:16" image',
      '7:16 "redis" image',
      `9:15 "docker://alpine@sha256:${'0'.repeat(64)}" image`,
      '12:14 "node:22" image',
    ])
    expect(sites('runs:\n  using: docker\n  image: Dockerfile\n')).toEqual([
      '3:10 "Dockerfile" image',
    ])
  })

  test('nowhere else', () => {
    const text = dedent`
      # - uses: a/b@v1
      name: "- uses: a/b@v1"
      uses: a/b@v1
      defaults:
        uses: a/b@v1
      env:
        uses: a/b@v1
      jobs:
        a:
          env: {uses: a/b@v1}
          steps:
            - run: |
                cat <<EOF
                - uses: a/b@v1
                EOF
              with: {uses: a/b@v1}
            - name: >
                - uses: 'a/b@v1'
              env:
                uses: a/b@v1
            # - uses: a/b@v1
          strategy:
            matrix:
              steps: [{uses: a/b@v1}]
        uses:
          steps: []
        steps:
          name: a job that is called steps
      runs:
        uses: a/b@v1
        description: |
          - uses: a/b@v1
    `
    expect(sites(text)).toEqual([])
  })

  test.each([
    ['an empty text', ''],
    ['a comment', '# jobs:\n'],
    ['a scalar', 'jobs\n'],
    ['a list', '- jobs:\n'],
    ['a map of something else', 'services:\n  web: {image: nginx}\n'],
    ['a nested jobs', 'a: {jobs: {b: {uses: a/b@v1}}}\n'],
  ])('%s is no workflow', (_, text) => {
    expect(locate(text)).toEqual({ kind: 'not-a-workflow' })
  })
})

describe('in every style', () => {
  test.each([
    ['plain', '- uses: a/b@v1', '4:15 "a/b@v1" ref v1'],
    ['single quotes', "- uses: 'a/b@v1'", '4:15 "a/b@v1" ref v1'],
    ['double quotes', '- uses: "a/b@v1"', '4:15 "a/b@v1" ref v1'],
    ['quoted key', `- "uses": 'a/b@v1'`, '4:17 "a/b@v1" ref v1'],
    ['single-quoted key', `- 'uses': a/b@v1`, '4:17 "a/b@v1" ref v1'],
    ['blank before the colon', '- uses : a/b@v1', '4:16 "a/b@v1" ref v1'],
    ['tab after the colon', '- uses:\ta/b@v1', '4:15 "a/b@v1" ref v1'],
    ['many blanks', '-   uses:     a/b@v1   ', '4:21 "a/b@v1" ref v1'],
    ['explicit tag', '- uses: !!str a/b@v1', '4:21 "a/b@v1" ref v1'],
    ['verbatim tag', '- uses: !<tag:yaml.org,2002:str> a/b@v1', '4:40 "a/b@v1" ref v1'],
    ['anchor', '- uses: &co a/b@v1', '4:19 "a/b@v1" ref v1'],
    ['anchor and tag', '- uses: !!str &co "a/b@v1"', '4:25 "a/b@v1" ref v1'],
    ['value on the next line', '- uses:\n    a/b@v1', '5:11 "a/b@v1" ref v1'],
    ['quoted value on the next line', '- uses:\n    "a/b@v1"', '5:11 "a/b@v1" ref v1'],
    ['comment before the value', '- uses: # why\n    a/b@v1', '5:11 "a/b@v1" ref v1'],
    ['explicit key', '- ? uses\n  : a/b@v1', '5:11 "a/b@v1" ref v1'],
    ['key with an anchor', '- &u uses: a/b@v1', '4:18 "a/b@v1" ref v1'],
    ['folded', '- uses: >-\n    a/b@v1', '4:15 "a/b@v1" ref v1'],
    ['literal', '- uses: |\n    a/b@v1', '4:15 "a/b@v1" ref v1'],
    ['literal with a header comment', '- uses: |- # why\n    a/b@v1', '4:15 "a/b@v1" ref v1'],
    ['literal, kept line ends', '- uses: |+\n    a/b@v1\n\n', '4:15 "a/b@v1" ref v1'],
    ['literal, indentation told', '- uses: |2-\n    a/b@v1', '4:15 "a/b@v1" ref v1'],
    [
      'literal after a blank line',
      '- uses: |\n\n    a/b@v1',
      '4:15 "\\na/b@v1" fault not-owner-repo',
    ],
    ['flow map', '- { uses: a/b@v1 }', '4:17 "a/b@v1" ref v1'],
    ['flow map without blanks', '- {name: x, uses: a/b@v1, with: {k: v}}', '4:25 "a/b@v1" ref v1'],
    ['JSON', '- {"name":"x","uses":"a/b@v1"}', '4:28 "a/b@v1" ref v1'],
    [
      'flow map over lines',
      '- {\n    uses: a/b@v1,\n    with: {k: v}\n  }',
      '5:17 "a/b@v1" ref v1',
    ],
    ['flow map, explicit key', '- {? uses : a/b@v1}', '4:19 "a/b@v1" ref v1'],
    ['emoji before it', '- {name: 🚀, uses: a/b@v1}', '4:26 "a/b@v1" ref v1'],
    ['at the end of other keys', '- with:\n    k: v\n  uses: a/b@v1', '6:15 "a/b@v1" ref v1'],
    ['sub-path', '- uses: a/b/c/d/e@release/v1', '4:15 "a/b/c/d/e@release/v1" ref release/v1'],
    ['scoped ref', '- uses: a/b@refs/tags/v1', '4:15 "a/b@refs/tags/v1" ref refs/tags/v1'],
    ['ref with an apostrophe', "- uses: 'a/b@it''s'", `4:15 "a/b@it's" escaped`],
    ['escape', String.raw`- uses: "a/b\u0040v1"`, '4:15 "a/b@v1" escaped'],
    ['escaped slash', String.raw`- uses: "a\/b@v1"`, '4:15 "a/b@v1" escaped'],
    ['escaped line end', '- uses: "a/b@\\\n    v1"', '4:15 "a/b@v1" escaped'],
    ['indented sequence marker', '-\n  uses: a/b@v1', '5:15 "a/b@v1" ref v1'],
  ])('%s', (_, step, expected) => {
    expect(sites(steps(step))).toEqual([expected])
  })

  test('a flow list of steps', () => {
    const text = 'jobs: {a: {steps: [{uses: a/b@v1}, {uses: c/d@v2}]}}'
    expect(sites(text)).toEqual(['1:27 "a/b@v1" ref v1', '1:43 "c/d@v2" ref v2'])
  })

  test('a list that is not indented', () => {
    expect(sites('jobs:\n  a:\n    steps:\n    - uses: a/b@v1\n')).toEqual(['4:13 "a/b@v1" ref v1'])
  })

  test.each([
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['CRLF and LF mixed', (text: string) => text.replace('\n', '\r\n')],
    ['no final line end', (text: string) => text.trimEnd()],
    ['a byte order mark', (text: string) => `\ufeff${text}`],
  ])('%s', (_, change) => {
    const text = change(
      'jobs:\n  a:\n    steps:\n      - uses: a/b@v1\n      - uses: |\n          c/d@v2\n',
    )
    expect(sites(text)).toEqual(['4:15 "a/b@v1" ref v1', '5:15 "c/d@v2" ref v2'])
  })

  test('a byte order mark does not count as a column', () => {
    expect(sites('\ufeffjobs: {a: {steps: [{uses: a/b@v1}]}}')).toEqual(['1:27 "a/b@v1" ref v1'])
  })

  test('several documents, with directives and end markers', () => {
    const text = dedent`
      %YAML 1.2
      ---
      jobs: {a: {steps: [{uses: a/b@v1}]}}
      ...
      ---
      name: nothing
      --- # the third
      runs:
        steps:
          - uses: c/d@v2
    `
    expect(sites(text)).toEqual(['3:27 "a/b@v1" ref v1', '10:13 "c/d@v2" ref v2'])
  })

  test('columns count UTF-16 code units', () => {
    expect(sites(steps('- {name: 👩‍👩‍👧, uses: a/b@v1}'))).toEqual(['4:32 "a/b@v1" ref v1'])
  })

  test('5,000 lines', () => {
    const text = steps(Array.from({ length: 5000 }, (_, n) => `- uses: a/b@v${n}`).join('\n'))
    expect(sites(text)).toHaveLength(5000)
    expect(sites(text).at(-1)).toBe('5003:15 "a/b@v4999" ref v4999')
  })
})

describe('what is no reference has its place', () => {
  test.each([
    ['an empty value', '- uses:', '4:14 "" fault empty'],
    ['an empty value before another key', '- uses:\n  with: {}', '4:14 "" fault empty'],
    ['an empty text', '- uses: ""', '4:15 "" fault empty'],
    ['an empty block', '- uses: |\n- run: x', '4:15 "" fault empty'],
    ['a flow map without value', '- {uses}', '4:10 "uses" fault empty'],
    ['null', '- uses: null', '4:15 "null" fault not-owner-repo'],
    ['a tilde', '- uses: ~', '4:15 "~" fault not-owner-repo'],
    ['a number', '- uses: 4', '4:15 "4" fault not-owner-repo'],
    ['a list', '- uses: [a/b@v1]', '4:15 "" fault not-a-text'],
    ['a map', '- uses:\n    a/b: v1', '5:11 "" fault not-a-text'],
    ['another tag', '- uses: !!binary YS9iQHYx', '4:24 "" fault tagged'],
    ['a tag of its own', '- uses: !ref a/b@v1', '4:20 "a/b@v1" fault tagged'],
    ['an expression', '- uses: ${{ matrix.x }}', '4:15 "${{ matrix.x }}" fault expression'],
    ['no ref', '- uses: a/b', '4:15 "a/b" fault missing-ref'],
    ['two @', '- uses: a/b@v1@x', '4:15 "a/b@v1@x" fault two-ats'],
    ['a revision', '- uses: a/b@main~1', '4:15 "a/b@main~1" fault invalid-ref'],
    ['a zero-width space', '- uses: a/b@v1\u200b', '4:15 "a/b@v1\u200b" fault invisible-character'],
    ['a key in another case', '- Uses: a/b@v1', '4:9 "Uses" fault key-case'],
    ['a merge key', '- <<: {uses: a/b@v1}', '4:9 "<<" fault merge-key'],
    [
      'a folded text of two lines',
      '- uses: >-\n    a/b@v1\n    x',
      '4:15 "a/b@v1 x" fault invalid-ref',
    ],
    ['a plain text of two lines', '- uses: a/b@v1\n    x', '4:15 "a/b@v1 x" fault invalid-ref'],
  ])('%s', (_, step, expected) => {
    expect(sites(steps(step))).toEqual([expected])
  })

  test('a key in another case and a merge key in a job', () => {
    const text = 'jobs:\n  a:\n    <<: {}\n    USES: o/r/.github/workflows/x.yml@v1\n'
    expect(sites(text)).toEqual(['3:5 "<<" fault merge-key', '4:5 "USES" fault key-case'])
  })

  test("an action at a job's level", () => {
    expect(sites('jobs:\n  a:\n    uses: a/b@v1\n')).toEqual(['3:11 "a/b@v1" fault not-a-workflow'])
  })
})

describe('anchors', () => {
  test('a reference with an anchor is one site, however many aliases it has', () => {
    const text = steps(dedent`
      - uses: &co a/b@v1
      - uses: *co
      - {uses: *co}
    `)
    expect(sites(text)).toEqual(['4:19 "a/b@v1" ref v1'])
  })

  test('an aliased step, list of steps and job', () => {
    const text = dedent`
      jobs:
        a: &job
          steps: &list
            - &step
              uses: a/b@v1
            - *step
        b:
          steps: *list
        c: *job
        d:
          steps: [*step, {uses: c/d@v2}]
    `
    expect(sites(text)).toEqual(['5:15 "a/b@v1" ref v1', '11:27 "c/d@v2" ref v2'])
  })

  test('an aliased key', () => {
    const text = steps('- &u uses: a/b@v1\n- *u : c/d@v2')
    expect(sites(text)).toEqual(['4:18 "a/b@v1" ref v1', '5:14 "c/d@v2" ref v2'])
  })

  test.each([
    ['a list of steps', 'jobs:\n  a:\n    steps: &s\n      - uses: a/b@v1\n      - parallel: *s\n'],
    [
      'a step',
      'jobs:\n  a:\n    steps:\n      - &s\n        uses: a/b@v1\n        parallel: [*s]\n',
    ],
    ['a job', 'jobs: &j\n  a: {steps: [uses: a/b@v1]}\n  b: *j\n'],
    ['the document', '&d\njobs:\n  a: *d\n  b: {steps: [uses: a/b@v1]}\n'],
    ['a container', 'jobs:\n  a:\n    container: &c\n      image: *c\n    steps: [uses: a/b@v1]\n'],
    ['a service', 'jobs:\n  a:\n    services: &c\n      image: *c\n    steps: [uses: a/b@v1]\n'],
    ['an image', 'jobs: {a: {steps: [uses: a/b@v1]}}\nruns: &r\n  image: *r\n'],
  ])('%s that holds itself comes to an end', (_, text) => {
    expect(sites(text)).toEqual([expect.stringContaining('"a/b@v1" ref v1')])
  })

  test.each([
    ['an environment variable', '- uses: &co a/b@v1\n- env: {X: *co}'],
    ['an input', '- uses: &co a/b@v1\n- with: {X: *co}'],
    ['a name', '- name: x\n  uses: &co a/b@v1\n- name: *co'],
    ['a key', '- uses: &co a/b@v1\n- env: {*co : x}'],
    ['a map that holds it', '- &s\n  uses: a/b@v1\n- with: {X: *s}'],
    ['a matrix', '- &s {uses: a/b@v1}\n- *s\n- env: *s'],
  ])('that are used in %s too are not edited', (_, step) => {
    expect(sites(steps(step))).toEqual([expect.stringContaining('"a/b@v1" shared-anchor')])
  })

  test.each([
    ['a reference', 'env:\n  X: &co a/b@v1\njobs: {a: {steps: [{uses: *co}]}}\n'],
    ['a step', 'x: &s {uses: a/b@v1}\njobs: {a: {steps: [*s]}}\n'],
    ['a list of steps', 'x: &s [{uses: a/b@v1}]\njobs: {a: {steps: *s}}\n'],
  ])('of %s that stand outside of a reference are not edited', (_, text) => {
    expect(sites(text)).toEqual([expect.stringContaining('"a/b@v1" shared-anchor')])
  })

  test('the last anchor of a name before the alias counts', () => {
    const text = steps(
      '- uses: &x a/b@v1\n- uses: *x\n- uses: &x c/d@v2\n- uses: *x\n- env: {Y: *x}',
    )
    expect(sites(text)).toEqual(['4:18 "a/b@v1" ref v1', '6:18 "c/d@v2" shared-anchor'])
  })

  test('a merge key is not followed, and what it would bring is not edited', () => {
    const text = steps('- &s\n  uses: a/b@v1\n- <<: *s\n  name: x')
    expect(sites(text)).toEqual(['5:15 "a/b@v1" shared-anchor', '6:9 "<<" fault merge-key'])
  })

  test('a text that is a reference here and an image there is a reference', () => {
    const text = 'jobs:\n  a:\n    container: &x a/b@v1\n    steps: [{uses: *x}]\n'
    expect(sites(text)).toEqual(['3:19 "a/b@v1" shared-anchor'])
  })

  test("a text that is a step's and a job's is held to what a job takes", () => {
    const text = dedent`
      jobs:
        a: {steps: [{uses: &x a/b@v1}]}
        b: {uses: *x}
    `
    expect(sites(text)).toEqual(['2:25 "a/b@v1" fault not-a-workflow'])
  })
})

describe('what is no YAML has its place', () => {
  test.each([
    ['a tab as indentation', 'jobs:\n\ta: b\n', 2],
    ['an open bracket', 'jobs: {a: [\n', 2],
    ['an open quote', 'jobs: "a\n', 2],
    ['a key twice', 'jobs:\n  a: {uses: x, uses: y}\n', 2],
    ['an alias of nothing', 'jobs:\n  a:\n    steps: *nope\n', 3],
    ['an alias before its anchor', 'jobs:\n  a: {steps: *s}\n  b: {steps: &s []}\n', 2],
    ['wrong indentation', 'jobs:\n   a: 1\n  b: 2\n', 3],
    ['a merge conflict', 'jobs:\n<<<<<<< HEAD\n  a: 1\n=======\n  a: 2\n>>>>>>> x\n', 2],
    ['brackets nested beyond measure', `jobs: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`, 1],
    ['maps nested beyond measure', `jobs: ${'{a: '.repeat(20_000)}${'}'.repeat(20_000)}\n`, 1],
  ])('%s', (_, text, line) => {
    expect(locate(text)).toMatchObject({ kind: 'yaml', position: { line } })
  })
})

describe('what stands beside a reference', () => {
  test('inputs, for actions that read their own ref', () => {
    const [plain, flow, none] = located(
      steps(
        '- uses: a/b@v1\n  with:\n    x: 1\n    y: 2\n- {with: {z: 1}, uses: a/b@v1}\n- uses: a/b@v1',
      ),
    ).sites
    expect(plain?.inputs).toEqual(['x', 'y'])
    expect(flow?.inputs).toEqual(['z'])
    expect(none?.inputs).toEqual([])
  })

  test.each([
    ['on its line', '- uses: a/b@v1 # pinsmith: ignore why', 'pinsmith'],
    ['behind a label', '- uses: a/b@v1 # v1 # pinsmith: ignore', 'pinsmith'],
    ['above', '# pinsmith: ignore why\n- uses: a/b@v1', 'pinsmith'],
    ['above, in a step', '- name: x\n  # pinsmith: ignore\n  uses: a/b@v1', 'pinsmith'],
    [
      'above, where the value is on the next line',
      '# pinsmith: ignore\n- uses:\n    a/b@v1',
      'pinsmith',
    ],
    ['beside the key of the next line', '- uses: # pinsmith: ignore\n    a/b@v1', 'pinsmith'],
    ['above a block', '# pinsmith: ignore\n- uses: >-\n    a/b@v1', 'pinsmith'],
    ['on the header of a block', '- uses: >- # pinsmith: ignore\n    a/b@v1', 'pinsmith'],
    ["zizmor's", '- uses: a/b@v1 # zizmor: ignore[unpinned-uses]', 'zizmor'],
    ["ratchet's", '- uses: a/b@v1 # ratchet:exclude', 'ratchet'],
    ['in a flow map', '- {uses: a/b@v1} # pinsmith: ignore', 'pinsmith'],
  ])('a directive to ignore it: %s', (_, step, by) => {
    expect(located(steps(step)).sites[0]?.ignore?.by).toBe(by)
  })

  test.each([
    ['two lines above', '# pinsmith: ignore\n\n- uses: a/b@v1'],
    ['below', '- uses: a/b@v1\n# pinsmith: ignore'],
    ['at the end of the line above', '- run: x # pinsmith: ignore\n- uses: a/b@v1'],
    [
      "zizmor's above, where zizmor does not read it",
      '# zizmor: ignore[unpinned-uses]\n- uses: a/b@v1',
    ],
    ['inside a text', '- name: "# pinsmith: ignore"\n  uses: a/b@v1'],
    ['inside a block above', '- run: |\n    # pinsmith: ignore\n  uses: a/b@v1'],
    ['behind a # that begins no comment', '- {name: "x # pinsmith: ignore", uses: a/b@v1}'],
  ])('no directive: %s', (_, step) => {
    expect(located(steps(step)).sites[0]?.ignore).toBeUndefined()
  })
})

describe('no text takes long', () => {
  const many = 5000

  test.each([
    [
      'references',
      many,
      steps(Array.from({ length: many }, (_, n) => `- uses: a/b@v${n}`).join('\n')),
    ],
    ['aliases', 1, steps(`- uses: &co a/b@v1\n${'- uses: *co\n'.repeat(many)}`)],
    ['foreign aliases', 1, steps(`- uses: &co a/b@v1\n${'- run: *co\n'.repeat(many)}`)],
    ['anchors', many / 5, steps('- &x\n  uses: &y a/b@v1\n  with: {a: *y}\n'.repeat(many / 5))],
    ['blanks', 1, steps(`- uses: a/b@v1\n  name: "${' '.repeat(100_000)}x"`)],
    ['slashes in a comment', 1, steps(`- uses: a/b@v1 # ${'a/'.repeat(50_000)}`)],
    ['hashes in a comment', 1, steps(`- uses: a/b@v1 ${'# '.repeat(50_000)}`)],
    ['numbers in a ref', 1, steps(`- uses: a/b@${'-1'.repeat(50_000)}!`)],
    ['numbers in a comment', 1, steps(`- uses: a/b@v1 # ${'-1'.repeat(50_000)}!`)],
    ['brackets', 0, `jobs: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`],
    ['lines of a text', 0, steps(`- run: |\n${'    - uses: a/b@v1\n'.repeat(many)}`)],
  ])('of many %s', (_, count, text) => {
    const result = locate(text)
    const found = result.kind === 'located' ? result.sites : []
    expect(found).toHaveLength(count)
    const comments = found.flatMap(({ labelLine }) => labelLine.comment?.text ?? [])
    expect(comments.map((comment) => parseComment(comment))).toHaveLength(comments.length)
  })
})
