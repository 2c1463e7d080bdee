import { expect, test } from 'vitest'
import { policyMessage } from '../../../src/report/verdict/policy-message.ts'

const END =
  'not allowed in OWNER/REPO because all actions must be pinned to a full-length commit SHA.'

test.each([
  [1, 'The action a@v1 is'],
  [2, 'The actions a@v1 and b@v1 are'],
  [3, 'The actions a@v1, b@v1, and c@v1 are'],
  [5, 'The actions a@v1, b@v1, c@v1, d@v1, and e@v1 are'],
  [6, 'The actions a@v1, b@v1, c@v1, d@v1, e@v1, and 1 other are'],
  [7, 'The actions a@v1, b@v1, c@v1, d@v1, e@v1, and 2 others are'],
])('of %d actions', (length, beginning) => {
  const references = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    .slice(0, length)
    .map((name) => `${name}@v1`)
  expect(policyMessage(references, 'OWNER/REPO')).toBe(`${beginning} ${END}`)
})
