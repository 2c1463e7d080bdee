import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseConfig } from '../../src/config/parse.ts'
import { parsePinact } from '../../src/config/pinact.ts'
import { globOfRegex } from '../../src/config/regex-glob.ts'
import { formatLabels, parseComment } from '../../src/domain/comment.ts'
import { parseIgnore } from '../../src/domain/directive.ts'
import { parseRef, parseRefName } from '../../src/domain/ref.ts'
import { parseReference } from '../../src/domain/reference.ts'
import { parseTarget } from '../../src/domain/repository-target.ts'
import { mostSimilar } from '../../src/domain/similar.ts'
import { isWithin, parseVersion, type Version } from '../../src/domain/version.ts'
import { mostExact } from '../../src/resolve/versions.ts'
import { locate } from '../../src/yaml/locate.ts'
import { readLockedCommits, readLockfile } from '../../src/yaml/lockfile.ts'
import { plainValue, readPlain } from '../../src/yaml/plain.ts'
import { oneOf, soup } from './workflows.ts'
import { anyCharacter } from '../support/any-character.ts'

const text = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: oneOf('av1/.@#-+_~^: \t\n\r\0\u200b'), maxLength: 20 }),
  soup,
)

test('parsers take any text', () => {
  fc.assert(
    fc.property(text, (any) => {
      for (const position of ['step', 'job'] as const) {
        const reference = parseReference(any, position)
        expect(typeof reference === 'string' ? any : reference.text).toBe(any)
      }
      const ref = parseRef(any)
      expect(typeof ref === 'string' ? any : ref.text).toBe(any)
      parseVersion(any)
      parseIgnore(any)
      parseIgnore(`#${any}`)
      locate(any)
      readLockfile(any)
      readLockedCommits(any)
      const target = parseTarget(any)
      expect(typeof target === 'string' ? any : target.text).toBe(any)
      const { root } = readPlain(any)
      if (root !== undefined) plainValue(root)
      expect('kind' in parseConfig('pinsmith.yml', any) || root?.kind !== 'list').toBe(true)
      parsePinact('.pinact.yaml', any)
      expect(globOfRegex(any)).not.toBe('')
      mostSimilar(any, ['ignore', 'levels'])
    }),
    { numRuns: 1000 },
  )
})

test('a comment is never longer than it is, and what is left of a label begins with a blank', () => {
  fc.assert(
    fc.property(text, (any) => {
      const words = `#${any.replaceAll(/[\r\n]/g, '')}`
      const comment = parseComment(words)
      expect('length' in comment ? words.slice(comment.length) : '').toMatch(/^(?:[ \t]|$)/)
    }),
    { numRuns: 1000 },
  )
})

const label = text.filter((any) => parseRefName(any) !== undefined && /^[^\s#,]+$/.test(any))
const name = fc
  .array(fc.string({ unit: oneOf('aB0._-'), minLength: 1 }), {
    minLength: 2,
    maxLength: 4,
  })
  .map((parts) => parts.join('/'))

test('labels are read back as they were written', () => {
  fc.assert(
    fc.property(label, (tag) => {
      // These are the signs of other tools' forms.
      fc.pre(!/[@=]/.test(tag))
      expect(parseComment(`# ${tag}`)).toMatchObject({ kind: 'label', label: tag })
    }),
  )
  fc.assert(
    fc.property(fc.array(fc.record({ name, label }), { minLength: 1, maxLength: 4 }), (labels) => {
      expect(parseComment(formatLabels(labels))).toMatchObject({ kind: 'several', labels })
    }),
  )
})

const version = fc
  .tuple(
    fc.constantFrom('', 'v', 'login/v', 'bundle-v'),
    fc.array(fc.nat(99), { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '', '-beta.1', '-rc.2', 'rc1', '-node16', '-.', '-0.00', '+b'),
  )
  .map(([prefix, parts, end]) => parseVersion(`${prefix}${parts.join('.')}${end}`))
  .filter((each): each is Version => each !== undefined)

test('the most exact version does not depend on the order, and what is within keeps the numbers', () => {
  fc.assert(
    fc.property(fc.array(version, { minLength: 1, maxLength: 8 }), (versions) => {
      const best = mostExact(versions)
      expect(mostExact(versions.toReversed())?.text).toBe(best?.text)
      for (const each of versions) {
        expect(isWithin(each, each)).toBe(true)
        expect(each.parts.length).toBeLessThanOrEqual(best?.parts.length ?? 0)
      }
    }),
  )
})
