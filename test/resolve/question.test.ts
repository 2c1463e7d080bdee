import { expect, test } from 'vitest'
import { makeQuestions } from '../../src/resolve/question.ts'
import { inquiry } from '../support/inquiry.ts'
import { commit } from '../support/known-refs.ts'

test('one question for each repository, each ref once, whatever the case of its name', () => {
  const questions = makeQuestions(
    [
      inquiry('actions/cache@v4'),
      inquiry('Actions/Cache/save@v4'),
      inquiry('actions/cache/restore@v4.2.0'),
      inquiry('my-actions/cache@v4'),
      inquiry(`actions/cache@${commit(1)}`, '# v3'),
      inquiry(`actions/cache@${commit(1).toUpperCase()}`),
    ],
    false,
  )
  expect(questions).toEqual([
    {
      owner: 'actions',
      repo: 'cache',
      names: ['v4', 'v4.2.0', 'v3'],
      shas: [commit(1)],
      tags: { kind: 'newest', prefixes: ['v4.', 'v3.'] },
      manifests: [],
    },
    {
      owner: 'my-actions',
      repo: 'cache',
      names: ['v4'],
      shas: [],
      tags: { kind: 'families', prefixes: ['v4.'] },
      manifests: [],
    },
  ])
})

test.each<[string, string, object]>([
  ['a@v4', '', { kind: 'families', prefixes: ['v4.'] }],
  ['a@4', '', { kind: 'families', prefixes: ['4.'] }],
  ['a@v4.2', '', { kind: 'families', prefixes: ['v4.2.'] }],
  ['a@v4.2.2', '', { kind: 'none' }],
  ['a@login/v1', '', { kind: 'families', prefixes: ['login/v1.', 'v1.'] }],
  ['a@refs/tags/v4', '', { kind: 'families', prefixes: ['v4.'] }],
  ['a@main', '', { kind: 'newest', prefixes: [] }],
  [`a@${commit(1)}`, '', { kind: 'newest', prefixes: [] }],
  [`a@${commit(1)}`, '# v4.2.2', { kind: 'newest', prefixes: [] }],
  [`a@${commit(1)}`, '# v4 as agreed', { kind: 'newest', prefixes: ['v4.'] }],
])('%s %s needs the tags %j', (text, words, tags) => {
  expect(makeQuestions([inquiry(`o/${text}`, words)], false)[0]?.tags).toEqual(tags)
})

test('a name is asked for without its refs/ prefix, once for tag and branch', () => {
  const [question] = makeQuestions([inquiry('o/a@refs/heads/v4'), inquiry('o/a@v4')], false)
  expect(question?.names).toEqual(['v4'])
})

test('nothing to ask, no question', () => {
  expect(makeQuestions([], false)).toEqual([])
})

test('a walk wants the manifests too, each once', () => {
  const inquiries = ['actions/cache@v4', 'Actions/Cache@v4', 'actions/cache/save@v4'].map((text) =>
    inquiry(text),
  )
  const [question, ...others] = makeQuestions(inquiries, true)
  expect(others).toEqual([])
  expect(question?.manifests.map(({ kind, path, ref }) => [kind, path, ref.text])).toEqual([
    ['action', '', 'v4'],
    ['action', 'save', 'v4'],
  ])
})
