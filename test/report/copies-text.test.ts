import { expect, test } from 'vitest'
import type { CopiedRepository } from '../../src/remedy/vendor/copies.ts'
import { formatCopy, formatUnused } from '../../src/report/copies-text.ts'
import type { Palette } from '../../src/report/palette.ts'
import { commit } from '../support/known-refs.ts'

const same = (text: string): string => text
const plain: Palette = { bold: same, dim: same, red: same, green: same, yellow: same }
const FOLDER = '.github/actions/acme/kit'
const KIT: CopiedRepository = {
  owner: 'acme',
  repo: 'kit',
  folder: FOLDER,
  commit: commit(1),
  actions: [
    { path: '', version: 'v1.0.0' },
    { path: 'sub', version: undefined },
  ],
  plans: [],
  files: 3,
  notes: [],
  unmarked: [],
}
const SHORT = commit(1).slice(0, 12)

test('a copy is told in a line', () => {
  expect(formatCopy(KIT, 'written', plain)).toBe(
    `${FOLDER}  a copy of acme/kit v1.0.0, acme/kit/sub (${SHORT}), 3 files`,
  )
})

test('what git has to be told is said with the command for it', () => {
  const unmarked = [`${FOLDER}/run.sh`, `${FOLDER}/lib/x`]
  expect(formatCopy({ ...KIT, unmarked }, 'written', plain)).toContain(
    `git add --chmod=+x ${FOLDER}/run.sh ${FOLDER}/lib/x`,
  )
})

test.each([
  ['written', 'removed: '],
  ['due', 'would be removed: '],
] as const)('a copy that goes, %s', (outcome, words) => {
  expect(formatUnused(KIT, outcome, plain)).toBe(
    `${FOLDER}  ${words}nothing uses this copy of acme/kit (${SHORT}) any more`,
  )
})
