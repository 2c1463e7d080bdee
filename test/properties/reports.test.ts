import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { codeSpan, prose } from '../../src/report/markdown.ts'
import { printable } from '../../src/report/printable.ts'
import { workflowCommand } from '../../src/report/check/workflow-command.ts'
import { anyCharacter } from '../support/any-character.ts'

const PARTS = [
  ...':: ##[ %0A % , = ` `` | \\ < > @a #1 [ ]( * _ $ // www. GH-1 --x ( ) a "'.split(' '),
  '\n',
  '\r',
  ' ',
]

/** Texts that are rich in what GitHub's runner and its Markdown take for something. */
const text = fc.oneof(
  fc.string({ unit: anyCharacter }),
  fc.array(fc.constantFrom(...PARTS)).map((parts) => parts.join('')),
)

test('a workflow command is one line, whose data ends where it was meant to', () => {
  fc.assert(
    fc.property(text, text, text, (file, title, message) => {
      const place = { file, line: 1, endLine: 1, column: 2, endColumn: 3 }
      const line = workflowCommand({ kind: 'error', title, place, message: [message] })
      expect(line).toMatch(/^::error file=[^:,\r\n]*,line=1,col=2,endColumn=3,title=[^:,\r\n]*::/)
      expect(line).not.toMatch(/[\r\n]/)
      // The runner takes what is behind the second `::` for the data, and unescapes `%25` last.
      const data = line.slice(line.indexOf('::', 2) + 2)
      expect(data.replaceAll('%25', '%')).toBe(printable(message))
    }),
  )
})

test('what is shown is never a command of its own', () => {
  fc.assert(
    fc.property(text, (outside) => {
      const shown = printable(outside)
      expect(shown).not.toMatch(/^\s*::|##\[|[\r\n]/)
      expect(printable(shown)).toBe(shown)
    }),
  )
})

test('a code span has no end before its end', () => {
  fc.assert(
    fc.property(text, (outside) => {
      expect(codeSpan(outside)).toMatch(/^(?:`[^`|\r\n]+`)?$/)
    }),
  )
})

test('prose is plain words and code spans, in a table too', () => {
  fc.assert(
    fc.property(text, (outside) => {
      const shown = prose(outside)
      expect(shown).not.toMatch(/[|\r\n]/)
      expect((shown.match(/`/g) ?? []).length % 2).toBe(0)
      const rest = shown.replaceAll(/`[^`]+`/g, '')
      expect(rest).not.toMatch(/[@#<>[\]*_~$\\&]|:\/\/|www\.|GH-\d/)
    }),
  )
})
