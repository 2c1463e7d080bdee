import { toJsonSchema } from '@valibot/to-json-schema'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { format } from 'oxfmt'
import { fileURLToPath } from 'node:url'
import { expect, expectTypeOf, test } from 'vitest'
import type { FindingDetail } from '../../src/check/finding-detail.ts'
import { parseConfig } from '../../src/config/parse.ts'
import { configSchema } from '../../src/config/schema.ts'
import type { KnownFindingCode } from '../../src/domain/finding-code.ts'
import { plainValue, readPlain } from '../../src/yaml/plain.ts'

const FILE = fileURLToPath(new URL('../../schema/pinsmith.schema.json', import.meta.url))

/** What editors check by is what pinsmith checks by, but that the calendar is not in it. */
function publishedSchema(): object {
  const { $schema, ...schema } = toJsonSchema(configSchema, { ignoreActions: ['check'] })
  return {
    $schema,
    $id: 'https://unpkg.com/pinsmith/schema/pinsmith.schema.json',
    title: 'pinsmith',
    description: 'How pinsmith pins and checks the actions of a repository: .github/pinsmith.yml',
    ...schema,
  }
}

test('the published schema is that of today: else run this test with --update', async () => {
  const text = JSON.stringify(publishedSchema(), undefined, 2)
  const { code } = await format('pinsmith.schema.json', text, { printWidth: 100 })
  await expect(code).toMatchFileSnapshot(FILE)
})

const ajv = new Ajv({ strict: true, allErrors: true })
addFormats.default(ajv)
const validate = ajv.compile(publishedSchema())

test.each([
  'version: 1',
  'version: 2',
  '{}',
  '[]',
  'levels: { unpinned: off, archived: warning }',
  'levels: { unpinned: never }',
  'levels: { no-such: off }',
  'levels: []',
  'ignore: [{ action: my-org/**@main, reason: ours, expires: 2027-01-31, findings: [unpinned] }]',
  'ignore: [{ action: my-org/** }]',
  'ignore: [{ reason: ours }]',
  "ignore: [{ action: my-org/**, reason: '' }]",
  "ignore: [{ action: my-org/**, reason: ' ' }]",
  "ignore: [{ action: '!my-org/**', reason: ours }]",
  "ignore: [{ action: '@main', reason: ours }]",
  "ignore: [{ action: '@(a|b)/c@main', reason: ours }]",
  "ignore: [{ action: 'a/b@', reason: ours }]",
  'ignore: [{ action: a/b, reason: ours, findings: [] }]',
  'ignore: [{ action: a/b, reason: ours, findings: [no-such] }]',
  'ignore: [{ action: a/b, reason: ours, expires: tomorrow }]',
  'ignore: [{ action: a/b, reason: ours, when: now }]',
  'ignore: a/b',
  'owners: [actions, my-*]',
  'owners: []',
  'owners: actions',
  'branches: deny',
  'branches: no',
  'images: allow',
  'images:',
  'cooldown: 3d',
  'cooldown: 3',
  'cooldown: 3m',
  'comments: above',
  'comments: below',
  'no-such: 1',
])('editors and pinsmith agree on %s', (text) => {
  const { root } = readPlain(text)
  const value: unknown = JSON.parse(JSON.stringify(root && plainValue(root)))
  expect(validate(value)).toBe(!('kind' in parseConfig('pinsmith.yml', text)))
})

test('the codes that a configuration may name are those of the findings', () => {
  expectTypeOf<KnownFindingCode>().toEqualTypeOf<FindingDetail['code']>()
})
