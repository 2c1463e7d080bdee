import { expect, test } from 'vitest'
import { planDrafts } from '../../src/commands/make-plan.ts'
import { actionName } from '../../src/domain/reference.ts'
import { draftFile, type FilePlan, type FindCopy } from '../../src/plan/plan.ts'
import { resolve } from '../../src/resolve/resolve.ts'
import { locate } from '../../src/yaml/locate.ts'
import { commit, knownGitHub } from '../support/known-refs.ts'

const COPY = '$/.github/actions/a/kit'
const known = { tags: { v1: 1, 'v1.2.3': 1 } }
const github = knownGitHub({ 'a/kit': known, 'a/other': known })
const policy = { selects: () => true, isLocked: () => false } as const

/** Every use of `a/kit` gives way to a copy. */
const findCopy: FindCopy = (_, { reference }, decision) =>
  decision.kind === 'pin' &&
  typeof reference === 'object' &&
  'ref' in reference &&
  actionName(reference) === 'a/kit'
    ? { ...decision, kind: 'vendored', reference: COPY }
    : undefined

async function plan(text: string, comments: 'after' | 'above'): Promise<FilePlan> {
  const located = locate(text)
  if (located.kind !== 'located') throw new Error(located.kind)
  const draft = draftFile({ path: 'ci.yml', located }, { ...policy, comments })
  const answers = await resolve(github, [...draft.open.values()], undefined, false)
  if (answers.kind !== 'answers') throw new Error(answers.kind)
  const [file] = planDrafts([draft], answers, { ...policy, comments }, findCopy).files
  if (file === undefined) throw new Error('no plan')
  return file
}

const PIN = commit(1)
const step = (line: string): string =>
  `jobs:\n  a:\n    steps:\n      - uses: ${line}\n      - run: x # y\n`
const flow = (line: string): string => `jobs:\n  a:\n    steps: ${line}\n`

test.each([
  ['a tag', 'a/kit@v1', COPY],
  ['quotes', "'a/kit@v1'", `'${COPY}'`],
  ['a label', 'a/kit@v1 # v1', COPY],
  ['a pin with its label', `a/kit@${PIN} # v1.2.3`, COPY],
  ['a pin without one', `a/kit@${PIN}`, COPY],
  ['another tool’s label', `a/kit@${PIN} # tag=v1.2.3`, COPY],
  ['a label with blanks behind', 'a/kit@v1 # v1  ', COPY],
  ['a person’s comment', 'a/kit@v1 # keep me', `${COPY} # keep me`],
  ['one behind a label', `a/kit@${PIN} # v1.2.3 # keep  me `, `${COPY} # keep  me `],
  ['one behind wide gaps', `a/kit@v1   # v1 \t# keep me`, `${COPY}   # keep me`],
  [
    'one that begins with a version',
    'a/kit@v1 # v1 because of #123',
    `${COPY} # v1 because of #123`,
  ],
  ['one without blanks', 'a/kit@v1 #keep', `${COPY} #keep`],
  ['a block scalar', '>-\n          a/kit@v1', `>-\n          ${COPY}`],
  ['its own line', '\n          a/kit@v1 # v1', `\n          ${COPY}`],
])('a copy takes the place of the whole reference, with %s', async (_, before, after) => {
  for (const comments of ['after', 'above'] as const) {
    const { after: text, problem, sites } = await plan(step(before), comments)
    expect({ text, problem }).toEqual({ text: step(after), problem: undefined })
    expect(sites.map(({ change }) => change)).toEqual(['vendored'])
  }
})

test.each([
  [
    `[{ uses: a/kit@v1 }, { uses: a/other@v1 }]`,
    `[{ uses: ${COPY} }, { uses: a/other@${PIN} }] # v1.2.3`,
  ],
  [
    `[{ uses: a/kit@${PIN} }, { uses: a/other@${PIN} }] # a/kit v1.2.3, a/other v1.2.3`,
    `[{ uses: ${COPY} }, { uses: a/other@${PIN} }] # v1.2.3`,
  ],
  [
    `[{ uses: a/kit@${PIN} }, { uses: a/kit@${PIN} }] # a/kit v1.2.3, a/kit v1.2.3 # keep`,
    `[{ uses: ${COPY} }, { uses: ${COPY} }] # keep`,
  ],
  [
    `[{ uses: a/kit@v1 }, { uses: a/other@v1 }, { uses: a/other/sub@v1 }]`,
    `[{ uses: ${COPY} }, { uses: a/other@${PIN} }, { uses: a/other/sub@${PIN} }] # a/other v1.2.3, a/other/sub v1.2.3`,
  ],
])('labels of others on the line stay: %s', async (before, after) => {
  const planned = await plan(flow(before), 'after')
  expect(planned.after).toBe(flow(after))
  expect((await plan(planned.after, 'after')).after).toBe(planned.after)
})

test('an anchor is edited once, for all that use it', async () => {
  const more = '\n      - uses: *kit'
  const { after } = await plan(step(`&kit a/kit@v1${more}`), 'after')
  expect(after).toBe(step(`&kit ${COPY}${more}`))
})

test.each([
  ['escapes', '"a/kit@v\\x31"', 'escaped'],
  ['an anchor that is used elsewhere', '&kit a/kit@v1\n        with: { x: *kit }', 'shared-anchor'],
])('what has %s is left', async (_, uses, reason) => {
  const { after, sites } = await plan(step(uses), 'after')
  expect(after).toBe(step(uses))
  expect(sites[0]?.decision).toMatchObject({
    kind: 'left',
    problem: { code: 'not-editable', reason },
  })
})
