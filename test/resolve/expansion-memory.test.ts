import { expect, test } from 'vitest'
import { parseShortSha } from '../../src/domain/sha.ts'
import type { ShortenedCommit } from '../../src/resolve/connection.ts'
import { withExpansionMemory } from '../../src/resolve/expansion-memory.ts'

function short(owner: string, text: string): ShortenedCommit {
  const digits = parseShortSha(text)
  if (digits === undefined) throw new Error(`not a shortened SHA: ${text}`)
  return { owner, repo: 'tool', digits }
}

test('no shortened SHA is asked for twice, and what is new goes alone', async () => {
  const asked: (readonly ShortenedCommit[])[] = []
  const { expandShas } = withExpansionMemory({
    expandShas: async (shortened) => {
      asked.push(shortened)
      return ({ digits }) => ({ kind: 'unknown', detail: `about ${digits}` })
    },
  })
  const [one, other] = [short('acme', '1234567'), short('acme', '89abcde')]
  await expandShas([one])
  const expansionOf = await expandShas([short('ACME', '1234567'), other])
  expect(asked).toEqual([[one], [other]])
  expect([one, other].map(expansionOf)).toEqual([
    { kind: 'unknown', detail: 'about 1234567' },
    { kind: 'unknown', detail: 'about 89abcde' },
  ])
  await expandShas([one, other])
  expect(asked).toHaveLength(2)
  expect(expansionOf(short('acme', 'ffff'))).toEqual({
    kind: 'unknown',
    detail: 'it was not asked for',
  })
})
