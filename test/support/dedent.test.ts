import { expect, test } from 'vitest'
import { dedent } from './dedent.ts'

test('shared indentation goes, what goes beyond it stays', () => {
  expect(dedent`
    jobs:
      ${'a'}:

        steps: []
  `).toBe('jobs:\n  a:\n\n    steps: []\n')
})
