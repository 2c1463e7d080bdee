import { resolve } from 'node:path'
import { Command } from 'commander'
import { expect, test } from 'vitest'
import { reportOption, type CheckFormat, type ReportTarget } from '../../src/cli/report-option.ts'
import { reportTargets } from '../../src/cli/report-targets.ts'

const CWD = resolve('/somewhere')

/** The `--report` options, read as the command line reads them. */
function reportsOf(...args: readonly string[]): readonly ReportTarget[] {
  const command = new Command().addOption(reportOption()).exitOverride()
  command.configureOutput({ writeErr: () => {} })
  const { report = [] }: { readonly report?: readonly ReportTarget[] } = command
    .parse(
      args.flatMap((arg) => ['--report', arg]),
      { from: 'user' },
    )
    .opts()
  return report
}

test('a format and a file, as often as wanted', () => {
  expect(reportsOf('sarif=a.sarif', 'json=b/c=d.json', 'text=-')).toEqual([
    { format: 'sarif', file: 'a.sarif' },
    { format: 'json', file: 'b/c=d.json' },
    { format: 'text', file: '-' },
  ])
})

test.each(['sarif', 'sarif=', '=x', 'xml=x', 'SARIF=x', ''])('no report: %j', (value) => {
  expect(() => reportsOf(value)).toThrow(/Allowed formats are|Give a file/)
})

test.each<[string, CheckFormat | undefined, readonly string[], string, readonly string[]]>([
  ['text, where nothing is said', undefined, [], 'text', []],
  ['text beside files', undefined, ['sarif=x', 'json=y'], 'text', ['x', 'y']],
  ['--format', 'json', ['sarif=x'], 'json', ['x']],
  ['--report -', undefined, ['sarif=x', 'markdown=-'], 'markdown', ['x']],
  ['one format to two places', 'json', ['json=x'], 'json', ['x']],
])('standard output gets: %s', (_, format, args, stdout, files) => {
  expect(reportTargets(format, reportsOf(...args), CWD)).toMatchObject({
    kind: 'targets',
    stdout,
    files: files.map((file) => ({ file, absolute: resolve(CWD, file) })),
  })
})

test.each<[string, CheckFormat | undefined, readonly string[]]>([
  ['--format and --report -', 'json', ['sarif=-']],
  ['the same format twice', 'json', ['json=-']],
  ['--report - twice', undefined, ['json=-', 'sarif=-']],
  ['one file twice', undefined, ['json=x', 'sarif=x']],
  ['one file by two names', undefined, ['json=x', 'sarif=./y/../x']],
])('two reports to one place: %s', (_, format, args) => {
  expect(reportTargets(format, reportsOf(...args), CWD)).toMatchObject({
    kind: 'usage',
    message: expect.stringMatching(/: give (?:the others|each) a file/),
  })
})
