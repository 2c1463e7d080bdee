import { describe, expect, test } from 'vitest'
import { applyEdits, type TextEdit } from '../../src/yaml/edit.ts'
import { parseYaml, type ParsedText } from '../../src/yaml/parse.ts'
import { verifyEdits } from '../../src/yaml/verify.ts'
import { dedent } from '../support/dedent.ts'

const text = dedent`
  name: demo
  jobs:
    a:
      steps:
        - uses: &co a/b@v1 # why
        - uses: *co
        - {uses: "c/d@v1", with: {x: 1, y: [2]}}
        - uses: |
            e/f@v1
        - run: |
            echo a/b@v1
`

function parsed(source: string): ParsedText {
  const result = parseYaml(source)
  if (result.kind === 'fault') throw new Error(result.detail)
  return result
}

/** The edit that puts `replacement` in place of the n-th `expected`. */
function replace(expected: string, replacement: string, n = 0): TextEdit {
  let start = -1
  for (let index = 0; index <= n; index++) start = text.indexOf(expected, start + 1)
  return { span: { start, end: start + expected.length }, expected, replacement }
}

function change(edits: readonly TextEdit[], others: readonly TextEdit[] = []): string | undefined {
  return whatElse(applyEdits(text, [...edits, ...others]), edits)
}

/** What else differs in an edited text; `undefined` where nothing does. */
function whatElse(edited: string, edits: readonly TextEdit[]): string | undefined {
  const verified = verifyEdits(parsed(text), edited, edits)
  return verified.kind === 'refused' ? verified.detail : undefined
}

describe('what an edit says it does', () => {
  test.each([
    ['plain, with an anchor', [replace('v1', 'main')]],
    ['quoted, in a flow map', [replace('v1', 'main', 1)]],
    ['in a block', [replace('v1', 'main', 2)]],
    ['all of them', [0, 1, 2].map((n) => replace('v1', 'main', n))],
    ['nothing', []],
  ])('is no difference: %s', (_, edits) => {
    expect(change(edits)).toBeUndefined()
  })

  test('comments may change', () => {
    const line = '  # one more\n'
    const comments = [
      replace(' # why', ' # v1 # why'),
      { span: { start: 0, end: 0 }, expected: '', replacement: line },
    ]
    expect(change([replace('v1', 'main')], comments)).toBeUndefined()
  })
})

describe('more than that is found', () => {
  test.each([
    ['another value', [replace('demo', 'demos')], '1:7'],
    ['text in a run', [replace('v1', 'main', 3)], '10:14'],
    ['a key', [replace('with', 'wit')], '7:26'],
    ['a value of the map beside', [replace('x: 1', 'x: 2')], '7:36'],
    ['an anchor', [replace('&co', '&c2'), replace('*co', '*c2')], '5:19'],
    ['an alias', [replace('*co', 'x/y@v1')], '6:15'],
    ['the quotes', [replace('"c/d@v1"', 'c/d@v1')], '7:16'],
    ['one more key', [replace('x: 1', 'x: 1, z: 1')], '7:32'],
    ['one more step', [replace('- run', '- run: x\n      - run')], '5:7'],
    ['a tag', [replace('"c/d', '!!str "c/d')], '7:16'],
    ['a list that becomes a map', [replace('[2]', '{2: 2}')], '7:42'],
    ['a value that a comment cuts', [replace('x: 1', 'x: #1')], undefined],
    ['a text that is no YAML', [replace('{uses', '{{uses')], undefined],
    ['one more document', [replace('name: demo', 'name: demo\n---\nx: y')], undefined],
  ])('%s', (_, others, place) => {
    const found = change([replace('v1', 'main')], others)
    expect(found).toContain(place ?? 'would')
  })

  test('an edited value that is not what the edit says', () => {
    const edit = replace('v1', 'main')
    const other = applyEdits(text, [replace('v1', 'mean')])
    expect(whatElse(other, [edit])).toContain('5:19')
    expect(whatElse(text, [edit])).toContain('5:19')
  })
})

test('what was verified is the edited text, parsed', () => {
  const edit = replace('v1', 'main')
  const edited = applyEdits(text, [edit])
  expect(verifyEdits(parsed(text), edited, [edit])).toMatchObject({ parsed: { text: edited } })
})
