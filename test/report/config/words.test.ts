import { expect, test } from 'vitest'
import type { ConfigFault } from '../../../src/config/fault.ts'
import { configFailureWords, configFaultWords } from '../../../src/report/config/words.ts'
import { formatConfigFailure } from '../../../src/report/config/text.ts'

const position = { line: 3, column: 7 }
const place = { file: 'pinsmith.yml', position }

/** One example of each; a code that is missing does not compile. */
const faults: { readonly [Code in ConfigFault['code']]: Extract<ConfigFault, { code: Code }> } = {
  symlink: { code: 'symlink', path: '.github', ...place, position: undefined },
  missing: { code: 'missing', ...place },
  unreadable: { code: 'unreadable', detail: 'the detail', ...place },
  'two-files': { code: 'two-files', other: 'pinsmith.yaml', ...place },
  yaml: { code: 'yaml', detail: 'the detail', ...place },
  'duplicate-key': { code: 'duplicate-key', key: 'levels', first: position, ...place },
  'unknown-key': {
    code: 'unknown-key',
    key: 'ingore',
    holder: '',
    known: ['ignore', 'levels'],
    nearest: 'ignore',
    ...place,
  },
  'missing-key': { code: 'missing-key', key: 'reason', holder: 'ignore[0]', ...place },
  'wrong-value': {
    code: 'wrong-value',
    key: 'cooldown',
    expected: 'a length of time',
    found: 'the number 3',
    nearest: undefined,
    ...place,
  },
}

test.each(Object.values(faults))('$code has words', (fault) => {
  const { what, next } = configFaultWords(fault)
  for (const words of [what, next]) expect(words).toMatch(/^\S.*[^.\s]$/)
  expect(what).toContain('detail' in fault ? fault.detail : '')
})

test.each([
  [{ ...faults['unknown-key'], nearest: undefined }, 'the keys are ignore and levels'],
  [
    { ...faults['unknown-key'], nearest: undefined, known: Array.from({ length: 20 }, String) },
    'write the code of a finding, such as unpinned',
  ],
  [{ ...faults['wrong-value'], nearest: 'deny' }, 'did you mean deny? It can be a length of time'],
  [faults['wrong-value'], 'write a length of time'],
])('what to do next: %o', (fault, next) => {
  expect(configFaultWords(fault).next).toBe(next)
})

test('a failure counts its faults and names the file', () => {
  const failure = { kind: 'config', faults: [faults.yaml, faults.missing] } as const
  expect(configFailureWords(failure).what).toBe(
    'the configuration cannot be used: 2 faults in pinsmith.yml',
  )
})

test('what comes from a file does not steer the terminal', () => {
  const evil = '\u001b[31m\u200b'
  const failure = {
    kind: 'config',
    faults: [{ ...faults['unknown-key'], key: evil, file: evil }],
  } as const
  const palette = { bold: plain, dim: plain, red: plain, green: plain, yellow: plain }
  const text = formatConfigFailure(failure, palette)
  expect(text).not.toContain('\u001b')
  expect(text).not.toContain('\u200b')
})

function plain(text: string): string {
  return text
}
