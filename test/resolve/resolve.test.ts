import { expect, test } from 'vitest'
import type { GitHub } from '../../src/resolve/port.ts'
import { resolve, type Answer } from '../../src/resolve/resolve.ts'
import { inquiry } from '../support/inquiry.ts'
import { commit, knownGitHub, knownRefs, type KnownRefs } from '../support/known-refs.ts'

async function answer(text: string, words: string, known: KnownRefs): Promise<Answer> {
  const asked = inquiry(text, words)
  const answers = await resolve(knownGitHub({ 'o/a': known }), [asked], undefined, false)
  if (answers.kind !== 'answers') throw new Error(answers.kind)
  return answers.of(asked)
}

const known: KnownRefs = { tags: { v4: 1, 'v4.2.2': 1, latest: 1 }, branches: { main: 2 } }

test.each([
  ['# v4', true],
  ['# v3.0.0', true],
  ['# pin@v4', true],
  ['# v4 # keep', true],
  ['', false],
  ['# keep', false],
  ['# latest', false],
  ['# v4 as agreed', false],
  ['# keep me', false],
])('beside a tag, the comment %j is an earlier label: %s', async (words, expected) => {
  const { hasLabel, label } = await answer('o/a@v4', words, known)
  expect(hasLabel).toBe(expected)
  expect(label).toEqual({ kind: 'write', label: 'v4.2.2', corrects: undefined })
})

test('the word that says the ref is an earlier label', async () => {
  expect((await answer('o/a@main', '# main', known)).hasLabel).toBe(true)
  expect((await answer('o/a@latest', '# latest', known)).hasLabel).toBe(true)
  expect((await answer('o/a@latest', '# main', known)).hasLabel).toBe(false)
})

test.each([
  ['# latest', true],
  ['# main', true],
  ['# keep', false],
  ['# v9', true],
  ['# v4.2.2 as agreed', true],
  ['# v9 as agreed', false],
])('beside a pin, the comment %j is an earlier label: %s', async (words, expected) => {
  expect((await answer(`o/a@${commit(1)}`, words, known)).hasLabel).toBe(expected)
})

test("a tag object's id is peeled, and labelled as the commit is", async () => {
  const objects = { ...known, tagObjects: { [commit(100)]: 1 } }
  expect(await answer(`o/a@${commit(100)}`, '# v4', objects)).toMatchObject({
    resolution: { kind: 'tag-object', commit: commit(1) },
    label: { kind: 'write', label: 'v4.2.2' },
  })
})

test('a renamed repository says so, whether the ref was found or not', async () => {
  const renamed = { ...known, renamedTo: 'o/b' }
  expect(await answer('o/a@v4', '', renamed)).toMatchObject({ renamedTo: 'o/b' })
  expect(await answer('o/a@nope', '', renamed)).toMatchObject({
    resolution: { kind: 'ref-not-found' },
    renamedTo: 'o/b',
  })
})

test('the failure of one repository is the answer to its references alone', async () => {
  const failure = { kind: 'forbidden', reason: 'saml', detail: 'sign on' } as const
  const github = knownGitHub({ 'o/a': known, 'o/b': failure })
  const asked = ['o/a@v4', 'o/b@v1', 'o/c@v1'].map((text) => inquiry(text))
  const answers = await resolve(github, asked, undefined, false)
  if (answers.kind !== 'answers') throw new Error(answers.kind)
  expect(asked.map((each) => answers.of(each).resolution)).toEqual([
    { kind: 'commit', commit: commit(1), through: 'tag' },
    failure,
    { kind: 'repository-not-found' },
  ])
  expect(github.asked).toHaveLength(1)
})

test('a repository that the host left out is broken, not missing', async () => {
  const silent: GitHub = {
    lookUp: () => Promise.resolve({ kind: 'answers', repositories: new Map() }),
  }
  const asked = inquiry('o/a@v4')
  const answers = await resolve(silent, [asked], undefined, false)
  expect(answers.kind === 'answers' && answers.of(asked).resolution.kind).toBe('broken')
})

test('a failure of the host is the whole answer', async () => {
  const failure = { kind: 'network', host: 'h', detail: 'cut' } as const
  const broken: GitHub = { lookUp: () => Promise.resolve(failure) }
  expect(await resolve(broken, [inquiry('o/a@v4')], undefined, false)).toEqual(failure)
})

test.each<[string, string, KnownRefs]>([
  ['an exact tag', 'o/a@v4.2.2', known],
  ['a major whose exact tag is there', 'o/a@v4', known],
  ['a tag that is no version', 'o/a@latest', known],
  ['a pin whose label is there', `o/a@${commit(1)}`, known],
  ['a missing ref', 'o/a@nope', known],
])('no second round for %s', async (_, text, refs) => {
  const github = knownGitHub({ 'o/a': { ...refs, mayHaveMoreTags: true } })
  await resolve(github, [inquiry(text)], undefined, false)
  expect(github.asked).toHaveLength(1)
})

test.each([`o/a@${commit(5)}`, 'o/a@v3', 'o/a@main'])(
  'a second round for all tags where the label of %s may be among older ones',
  async (text) => {
    const first = { ...known, tags: { ...known.tags, v3: 5 }, branches: { main: 5 } }
    const questions: unknown[] = []
    const github: GitHub = {
      lookUp: (asked) => {
        questions.push(asked.map(({ repo, tags }) => [repo, tags.kind]))
        const refs =
          questions.length === 1
            ? knownRefs({ ...first, mayHaveMoreTags: true })
            : knownRefs({ ...first, tags: { ...first.tags, 'v3.6.0': 5 } })
        const answers = asked.map(
          ({ repo }) => [`o/${repo}`, repo === 'a' ? refs : knownRefs(known)] as const,
        )
        return Promise.resolve({ kind: 'answers', repositories: new Map(answers) })
      },
    }
    const asked = inquiry(text)
    const answers = await resolve(github, [asked, inquiry('o/b@v4')], undefined, false)
    if (answers.kind !== 'answers') throw new Error(answers.kind)
    expect(answers.of(asked).label).toMatchObject({ label: 'v3.6.0' })
    expect(questions).toHaveLength(2)
    expect(questions[1]).toEqual([['a', 'all']])
  },
)
