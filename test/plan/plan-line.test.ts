import { describe, expect, test } from 'vitest'
import { dedent } from '../support/dedent.ts'
import { commit, knownGitHub } from '../support/known-refs.ts'
import { outcomes, planText } from '../support/plan-text.ts'

const github = knownGitHub({
  'a/b': { tags: { v1: 1, 'v1.2.0': 1, 'v1.0.0': 2, next: 8 }, branches: { main: 9 } },
  'c/d': { tags: { v2: 3, 'v2.0.0': 3, v3: 4 }, branches: { main: 9 } },
})
const [A, A0, C, B] = [commit(1), commit(2), commit(3), commit(9)]

function workflow(steps: string, eol = '\n'): string {
  const lines = steps.replace(/\n$/, '').split('\n')
  return ['jobs:', '  j:', '    steps:', ...lines.map((line) => `      ${line}`), ''].join(eol)
}

/** Plans the steps, checks that planning again changes nothing, and gives the steps as they became. */
async function pinned(steps: string, comments: 'after' | 'above' = 'after'): Promise<string> {
  const plan = await planText(workflow(steps), github, { comments })
  expect(plan.problem).toBeUndefined()
  const again = await planText(plan.after, github, { comments })
  expect(again.after).toBe(plan.after)
  return plan.after
    .split('\n')
    .slice(3, -1)
    .map((line) => line.slice(6))
    .join('\n')
}

describe('the label', () => {
  test.each([
    ['none yet', '- uses: a/b@v1', `- uses: a/b@${A} # v1.2.0`],
    ['blanks at the end', '- uses: a/b@v1  \t', `- uses: a/b@${A} # v1.2.0  \t`],
    ["a person's words", '- uses: a/b@v1 # keep me', `- uses: a/b@${A} # v1.2.0 # keep me`],
    ["a person's word", '- uses: a/b@v1 # keep', `- uses: a/b@${A} # v1.2.0 # keep`],
    ['words without a blank', '- uses: a/b@v1 #no space', `- uses: a/b@${A} # v1.2.0 #no space`],
    [
      'words that begin with a number',
      '- uses: a/b@v1 # 3rd party',
      `- uses: a/b@${A} # v1.2.0 # 3rd party`,
    ],
    ['a tab before them', '- uses: a/b@v1\t# keep me', `- uses: a/b@${A} # v1.2.0\t# keep me`],
    [
      'two blanks before them',
      '- uses: a/b@v1  # keep me ',
      `- uses: a/b@${A} # v1.2.0  # keep me `,
    ],
    [
      'a version and words',
      '- uses: a/b@v1 # v1 because of #123',
      `- uses: a/b@${A} # v1.2.0 # v1 because of #123`,
    ],
    [
      'the version and words',
      '- uses: a/b@v1 # v1.2.0 is fine',
      `- uses: a/b@${A} # v1.2.0 is fine`,
    ],
    [
      "zizmor's, of another rule",
      '- uses: a/b@v1 # zizmor: ignore[artipacked]',
      `- uses: a/b@${A} # v1.2.0 # zizmor: ignore[artipacked]`,
    ],
    ['an empty comment', '- uses: a/b@v1 #', `- uses: a/b@${A} # v1.2.0 #`],
    ['a number', '- uses: a/b@v1 # 3', `- uses: a/b@${A} # v1.2.0 # 3`],
    ['a date', '- uses: a/b@v1 # 2024-05-01', `- uses: a/b@${A} # v1.2.0 # 2024-05-01`],
    [
      'words with a slash',
      '- uses: a/b@v1 # and/or something',
      `- uses: a/b@${A} # v1.2.0 # and/or something`,
    ],
    ['another action', '- uses: a/b@v1 # x/y@v3', `- uses: a/b@${A} # v1.2.0 # x/y@v3`],
    [
      'another action and its version',
      '- uses: a/b@v1 # x/y v3',
      `- uses: a/b@${A} # v1.2.0 # x/y v3`,
    ],

    ['an earlier one', '- uses: a/b@v1 # v1', `- uses: a/b@${A} # v1.2.0`],
    ['a wrong one', '- uses: a/b@v1 # v9.9.9', `- uses: a/b@${A} # v1.2.0`],
    ['one without a blank', '- uses: a/b@v1 #v1', `- uses: a/b@${A} # v1.2.0`],
    ['one after a tab', '- uses: a/b@v1\t#\tv1  ', `- uses: a/b@${A} # v1.2.0  `],
    [
      'one with words behind it',
      '- uses: a/b@v1   # v1   # keep: it',
      `- uses: a/b@${A} # v1.2.0   # keep: it`,
    ],
    ['tag=', '- uses: a/b@v1 # tag=v1.0.0', `- uses: a/b@${A} # v1.2.0`],
    ['pin@', '- uses: a/b@v1 # pin@v1', `- uses: a/b@${A} # v1.2.0`],
    ['ratchet:', '- uses: a/b@v1 # ratchet:a/b@v1', `- uses: a/b@${A} # v1.2.0`],
    ['renovate:', '- uses: a/b@v1 # renovate: tag=v1', `- uses: a/b@${A} # v1.2.0`],
    ['frozen:', '- uses: a/b@v1 # frozen: v1', `- uses: a/b@${A} # v1.2.0`],
    ['its own name', '- uses: a/b@v1 # A/B@v1', `- uses: a/b@${A} # v1.2.0`],

    ['of a branch', '- uses: a/b@main', `- uses: a/b@${B} # main`],
    ['of a branch, said', '- uses: a/b@main # main', `- uses: a/b@${B} # main`],
    [
      'of a tag that is no version',
      '- uses: a/b@next # keep',
      `- uses: a/b@${commit(8)} # next # keep`,
    ],
  ])('%s', async (_, before, after) => {
    expect(await pinned(before)).toBe(after)
  })

  test.each([
    ['none yet', `- uses: a/b@${A}`, `- uses: a/b@${A} # v1.2.0`],
    ['the exact one', `- uses: a/b@${A} # v1.2.0`, undefined],
    ['the exact one, oddly placed', `- uses: a/b@${A}\t # v1.2.0  # keep`, undefined],
    ['a moving one', `- uses: a/b@${A} # v1 # keep`, `- uses: a/b@${A} # v1.2.0 # keep`],
    ["a tool's", `- uses: a/b@${A} # tag=v1.2.0`, `- uses: a/b@${A} # v1.2.0`],
    ['an untrue one', `- uses: a/b@${A} # v1.0.0`, `- uses: a/b@${A} # v1.2.0`],
    ['words alone', `- uses: a/b@${A} # keep`, `- uses: a/b@${A} # v1.2.0 # keep`],
    ['upper case', `- uses: a/b@${A.toUpperCase()} # v1.2.0`, `- uses: a/b@${A} # v1.2.0`],
    ['a commit that nothing names', `- uses: a/b@${commit(77)} # keep`, undefined],
    ['a branch', `- uses: a/b@${B} # main # keep`, undefined],
  ])('of a pin: %s', async (_, before, after) => {
    expect(await pinned(before)).toBe(after ?? before)
  })

  test.each([
    ['quotes', `- "uses": 'a/b@v1' # keep`, `- "uses": 'a/b@${A}' # v1.2.0 # keep`],
    [
      'the next line',
      '- uses: # why\n    a/b@v1 # keep',
      `- uses: # why\n    a/b@${A} # v1.2.0 # keep`,
    ],
    ['a block', '- uses: >-\n    a/b@v1\n- run: x', `- uses: >- # v1.2.0\n    a/b@${A}\n- run: x`],
    [
      'a block with a comment',
      '- uses: | # keep\n    a/b@v1',
      `- uses: | # v1.2.0 # keep\n    a/b@${A}`,
    ],
    ['an explicit key', '- ? uses\n  : a/b@v1', `- ? uses\n  : a/b@${A} # v1.2.0`],
    ['an anchor', '- uses: &x a/b@v1\n- uses: *x', `- uses: &x a/b@${A} # v1.2.0\n- uses: *x`],
    ['a flow map', '- { uses: a/b@v1 }', `- { uses: a/b@${A} } # v1.2.0`],
    [
      'a flow map with words',
      '- {uses: a/b@v1, with: {k: v}} # keep',
      `- {uses: a/b@${A}, with: {k: v}} # v1.2.0 # keep`,
    ],
    [
      'a flow map over lines',
      '- {\n    uses: a/b@v1,\n    name: x\n  }',
      `- {\n    uses: a/b@${A}, # v1.2.0\n    name: x\n  }`,
    ],
    [
      'a flow map that ends on the next line',
      '- {name: x,\n   uses: a/b@v1\n  }',
      `- {name: x,\n   uses: a/b@${A} # v1.2.0\n  }`,
    ],
    [
      'a # inside a text',
      '- {uses: a/b@v1, name: "a # b"}',
      `- {uses: a/b@${A}, name: "a # b"} # v1.2.0`,
    ],
    [
      'a no-break space at the end of a value',
      '- {uses: a/b@v1, name: x\u00a0\n  }',
      `- {uses: a/b@${A}, name: x\u00a0 # v1.2.0\n  }`,
    ],
  ])('in other styles: %s', async (_, before, after) => {
    expect(await pinned(before)).toBe(after)
  })

  test('line ends stay what they are', async () => {
    const text = workflow('- uses: a/b@v1\n- uses: c/d@v2 # keep', '\r\n')
    const { after } = await planText(text, github)
    expect(after).toBe(
      workflow(`- uses: a/b@${A} # v1.2.0\n- uses: c/d@${C} # v2.0.0 # keep`, '\r\n'),
    )
    const mixed = text.replace('@v1\r\n', '@v1\n').trimEnd()
    expect((await planText(mixed, github)).after).toBe(
      after.replace('# v1.2.0\r\n', '# v1.2.0\n').trimEnd(),
    )
  })
})

describe('several references on one line', () => {
  test.each([
    ['none yet', '- [{uses: a/b@v1}, {uses: c/d@v2}]'],
    ['labels of before', '- [{uses: a/b@v1}, {uses: c/d@v2}] # a/b v1, c/d v1'],
    ['the label of one', '- [{uses: a/b@v1}, {uses: c/d@v2}] # c/d v9'],
  ])('share one comment: %s', async (_, before) => {
    expect(await pinned(before.replace('- [', '- parallel: ['))).toBe(
      `- parallel: [{uses: a/b@${A}}, {uses: c/d@${C}}] # a/b v1.2.0, c/d v2.0.0`,
    )
  })

  test.each([
    ['words', '# keep me', '# a/b v1.2.0, c/d v2.0.0 # keep me'],
    ['a plain label: whose is it?', '# v1', '# a/b v1.2.0, c/d v2.0.0 # v1'],
    ['labels and words', '# a/b v1 # keep me', '# a/b v1.2.0, c/d v2.0.0 # keep me'],
  ])('keep %s', async (_, before, after) => {
    const steps = '- parallel: [{uses: a/b@v1}, {uses: c/d@v2}]'
    const done = steps.replace('@v1', `@${A}`).replace('@v2', `@${C}`)
    expect(await pinned(`${steps} ${before}`)).toBe(`${done} ${after}`)
  })

  test('twice the same action', async () => {
    expect(await pinned('- parallel: [{uses: a/b@v1.0.0}, {uses: a/b@v1}]')).toBe(
      `- parallel: [{uses: a/b@${A0}}, {uses: a/b@${A}}] # a/b v1.0.0, a/b v1.2.0`,
    )
  })

  test.each([
    ['a/b/c++', 'a/b/c++'],
    ['a/b/über', 'a/b/über'],
    ['a/b/an action', 'a/b'],
    ['a/b/x,y', 'a/b'],
    ['a/b/x#y', 'a/b'],
  ])('%s is called %s', async (name, called) => {
    expect(await pinned(`- parallel: [{uses: "${name}@v1"}, {uses: c/d@v2}]`)).toBe(
      `- parallel: [{uses: "${name}@${A}"}, {uses: c/d@${C}}] # ${called} v1.2.0, c/d v2.0.0`,
    )
  })

  test('one that is left bears no label, and takes none from another', async () => {
    expect(await pinned('- parallel: [{uses: a/b@nope}, {uses: a/b@v1}, {uses: ./x}]')).toBe(
      `- parallel: [{uses: a/b@nope}, {uses: a/b@${A}}, {uses: ./x}] # a/b v1.2.0`,
    )
    const unknown = commit(77)
    expect(await pinned(`- parallel: [{uses: a/b@${unknown}}, {uses: a/b@v1}]`)).toBe(
      `- parallel: [{uses: a/b@${unknown}}, {uses: a/b@${A}}] # a/b v1.2.0`,
    )
  })

  test('one that is not selected keeps its label', async () => {
    const text = workflow(`- parallel: [{uses: a/b@${A0}}, {uses: c/d@v2}] # a/b v1.0.0 # keep`)
    const plan = await planText(text, github, { selects: (action) => action === 'c/d' })
    expect(plan.after).toContain(
      `- parallel: [{uses: a/b@${A0}}, {uses: c/d@${C}}] # a/b v1.0.0, c/d v2.0.0 # keep`,
    )
  })

  test('a whole workflow on one line', async () => {
    const text = '{"jobs":{"j":{"steps":[{"uses":"a/b@v1"},{"uses":"c/d@v2"}]}}}'
    const { after } = await planText(text, github)
    expect(after).toBe(
      `{"jobs":{"j":{"steps":[{"uses":"a/b@${A}"},{"uses":"c/d@${C}"}]}}} # a/b v1.2.0, c/d v2.0.0`,
    )
  })
})

describe("a person's comment above", () => {
  test.each([
    ['words', '- uses: a/b@v1 # keep me', `# keep me\n- uses: a/b@${A} # v1.2.0`],
    ['no words', '- uses: a/b@v1 # v1', `- uses: a/b@${A} # v1.2.0`],
    [
      'in a step',
      '- name: x\n  uses: a/b@v1 # keep me',
      `- name: x\n  # keep me\n  uses: a/b@${A} # v1.2.0`,
    ],
    ['label and words', '- uses: a/b@v1 # v1  # keep me', `# keep me\n- uses: a/b@${A} # v1.2.0`],
    [
      'a pin, label and words',
      `- uses: a/b@${A} # v1.2.0 # keep me`,
      `# keep me\n- uses: a/b@${A} # v1.2.0`,
    ],
    ['a pin and words', `- uses: a/b@${A}  # keep me`, `# keep me\n- uses: a/b@${A} # v1.2.0`],
    [
      'the version and words',
      `- uses: a/b@${A} # v1.2.0 is fine`,
      `# v1.2.0 is fine\n- uses: a/b@${A} # v1.2.0`,
    ],
    [
      'a commit that nothing names',
      `- uses: a/b@${commit(77)}  # keep me`,
      `# keep me\n- uses: a/b@${commit(77)}`,
    ],
    [
      'a line above already',
      '# one\n- uses: a/b@v1 # two',
      `# one\n# two\n- uses: a/b@${A} # v1.2.0`,
    ],
    [
      'the next line',
      '- uses:\n    a/b@v1 # keep me',
      `- uses:\n    # keep me\n    a/b@${A} # v1.2.0`,
    ],
    ['a flow map', '- {uses: a/b@v1} # keep me', `# keep me\n- {uses: a/b@${A}} # v1.2.0`],
    [
      'a flow map over lines',
      '- {\n    uses: a/b@v1, # keep me\n  }',
      `- {\n    # keep me\n    uses: a/b@${A}, # v1.2.0\n  }`,
    ],
    ['a block', '- uses: | # keep me\n    a/b@v1', `# keep me\n- uses: | # v1.2.0\n    a/b@${A}`],
    [
      'after a block',
      '- run: |\n    x\n  uses: a/b@v1 # keep',
      `- run: |\n    x\n  # keep\n  uses: a/b@${A} # v1.2.0`,
    ],
    [
      "a tool's, bound to its line",
      '- uses: a/b@v1 # zizmor: ignore[artipacked]',
      `- uses: a/b@${A} # v1.2.0 # zizmor: ignore[artipacked]`,
    ],
    [
      'where the line above is bound to this one',
      '# yamllint disable-line rule:line-length\n- uses: a/b@v1 # keep me',
      `# yamllint disable-line rule:line-length\n- uses: a/b@${A} # v1.2.0 # keep me`,
    ],
    [
      'where the line begins in a text',
      '- {name: "a\n  b", uses: a/b@v1} # keep',
      `- {name: "a\n  b", uses: a/b@${A}} # v1.2.0 # keep`,
    ],
  ])('%s', async (_, before, after) => {
    expect(await pinned(before, 'above')).toBe(after)
  })

  test('in a file with CRLF, on the first line and behind a byte order mark', async () => {
    const text = '\ufeff{jobs: {j: {steps: [{uses: a/b@v1}]}}} # keep\r\n'
    const { after } = await planText(text, github, { comments: 'above' })
    expect(after).toBe(`\ufeff# keep\r\n{jobs: {j: {steps: [{uses: a/b@${A}}]}}} # v1.2.0\r\n`)
  })
})

describe('what cannot be edited is left', () => {
  test.each([
    ['an escape', String.raw`- uses: "a/b\u0040v1"`, '4:15 escaped'],
    ['a shared anchor', '- uses: &x a/b@v1\n- env: {X: *x}', '4:18 shared-anchor'],
    ['no room for a comment', '- {uses: a/b@v1, name: "x\n    y"}', '4:16 no-room-for-label'],
    ['no room behind a plain text', '- {uses: a/b@v1, name: x\n    y}', '4:16 no-room-for-label'],
  ])('%s', async (_, steps, expected) => {
    const plan = await planText(workflow(steps), github)
    expect(outcomes(plan)).toEqual([expected])
    expect(plan.after).toBe(plan.before)
  })

  test('while its neighbour on the line is pinned', async () => {
    const steps = String.raw`- parallel: [{uses: "a/b\u0040v1"}, {uses: c/d@v2}]`
    const plan = await planText(workflow(steps), github)
    expect(outcomes(plan)).toEqual(['4:27 escaped', '4:50 pinned'])
    expect(plan.after).toContain(`{uses: "a/b\\u0040v1"}, {uses: c/d@${C}}] # c/d v2.0.0\n`)
  })

  test('each with its own reason', async () => {
    const steps = '- parallel: [{uses: "a/b\\u0040v1"}, {uses: c/d@v2, name: "x\n    y"}]'
    const plan = await planText(workflow(steps), github)
    expect(outcomes(plan)).toEqual(['4:27 escaped', '4:50 no-room-for-label'])
    expect(plan.after).toBe(plan.before)
  })

  test('an escaped pin needs no edit', async () => {
    const steps = `- uses: "a/b\\u0040${A}" # v1`
    expect(await pinned(steps)).toBe(`- uses: "a/b\\u0040${A}" # v1.2.0`)
  })
})

test('comments of other lines are not touched', async () => {
  const steps = dedent`
    # - uses: a/b@v1
    - uses: ./local # thanks @octocat
    - uses: docker://alpine:3 # v3
    - uses: a/b # v1
    - run: |
        # v1
        echo # v1
    - name: v1 # v1
      uses: a/b@v1
      # v1
      with: {x: 1} # v1
  `
  expect(await pinned(steps)).toBe(steps.replace('a/b@v1\n  #', `a/b@${A} # v1.2.0\n  #`).trimEnd())
})
