import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseConfig } from '../../src/config/parse.ts'
import { parsePinact, type CarriedOver } from '../../src/config/pinact.ts'
import { configTemplate } from '../../src/config/template.ts'
import { CONFIG_KEYS } from '../../src/config/schema.ts'
import { anyCharacter } from '../support/any-character.ts'

const FILE = '.github/pinsmith.yml'

test('says nothing as it is written, and shows every key', () => {
  const text = configTemplate('1.2.3', undefined)
  expect(parseConfig(FILE, text)).toMatchObject({ file: FILE, ignore: [], owners: undefined })
  for (const key of CONFIG_KEYS) expect(text).toMatch(new RegExp(`^(?:# )?${key}: ?`, 'm'))
  expect(text.split('\n')[0]).toBe(
    '# yaml-language-server: $schema=https://unpkg.com/pinsmith@1.2.3/schema/pinsmith.schema.json',
  )
  for (const line of text.split('\n').slice(1)) expect(line.length).toBeLessThanOrEqual(100)
})

test('every example in it is a configuration', () => {
  const text = configTemplate('1.2.3', undefined)
  const examples = text
    .split('\n')
    .filter((line) => /^# (?:[a-z]+:|  )/.test(line) && !line.includes('yaml-language-server'))
    .map((line) => line.slice(2))
    .join('\n')
  expect(parseConfig(FILE, examples)).toMatchObject({
    ignore: [{ action: 'my-org/**@main', expires: '2030-01-31' }],
    owners: ['actions', 'github', 'my-*'],
    branches: 'deny',
    images: 'deny',
    comments: 'above',
    cooldown: 3 * 24 * 3_600_000,
  })
})

test('with ignores of which none is a glob, it still is a configuration', () => {
  const carried = parsePinact('.pinact.yaml', 'ignore_actions: [{ name: "[a-z]+/x" }]\n')
  if (carried.kind === 'config') throw new Error('not read')
  const text = configTemplate('1.2.3', carried)
  expect(text).toContain('# - action: "[a-z]+/x"\n')
  expect(parseConfig(FILE, text)).toMatchObject({ ignore: [] })
})

test('what was carried over is told to silence more than it did', () => {
  const carried = parsePinact('.pinact.yaml', 'ignore_actions: [{ name: acme/.*, ref: main }]\n')
  if (carried.kind === 'config') throw new Error('not read')
  const text = configTemplate('1.2.3', carried)
  expect(text).toContain('such as a commit that comes from a fork')
  for (const line of text.split('\n').slice(1)) expect(line.length).toBeLessThanOrEqual(100)
})

test('whatever was carried over, it is a configuration that says so', () => {
  const name = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc.constantFrom('my-org/.*', "it's/x", 'a/b # c', 'a/b\n- c', 'a/(b|c)', String.raw`a\.b/c`),
  )
  const pinact = fc.record({
    version: fc.constantFrom(2, 3),
    ignore_actions: fc.array(fc.record({ name, ref: name }), { maxLength: 4 }),
    min_age: fc.nat({ max: 9999 }),
  })
  fc.assert(
    fc.property(pinact, fc.string({ unit: anyCharacter }), (value, from) => {
      // JSON is YAML, but for what no YAML may hold.
      const carried = parsePinact(from, JSON.stringify(value))
      const known: CarriedOver | undefined = carried.kind === 'config' ? undefined : carried
      const config = parseConfig(FILE, configTemplate('1.2.3', known))
      if ('kind' in config) throw new Error(JSON.stringify(config.faults))
      const globs = (known?.ignores ?? []).flatMap((each) =>
        each.kind === 'glob' ? [each.action] : [],
      )
      expect(config.ignore.map(({ action }) => action)).toEqual(globs)
      for (const { reason } of config.ignore)
        expect(reason).toBe(`carried over from ${from}`.trim())
    }),
  )
})
