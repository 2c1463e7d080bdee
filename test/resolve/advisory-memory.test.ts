import { expect, test } from 'vitest'
import { withAdvisoryMemory } from '../../src/resolve/advisory-memory.ts'

test('the advisories are read once, and only if somebody asks', async () => {
  let reads = 0
  const { readAdvisories } = withAdvisoryMemory({
    readAdvisories: () => {
      reads += 1
      return Promise.resolve({ kind: 'advisories', vulnerabilities: [] })
    },
  })
  expect(reads).toBe(0)
  const [one, other] = await Promise.all([readAdvisories(), readAdvisories()])
  expect(await readAdvisories()).toBe(one)
  expect([one, reads]).toEqual([other, 1])
})
