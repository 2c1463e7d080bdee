import { describe, expect, test } from 'vitest'
import {
  entersActionFolder,
  findReaches,
  mentionsActionPath,
  mentionsOwnRef,
} from '../../../src/remedy/vendor/reach.ts'

describe('what speaks of the folder of the action', () => {
  test.each([
    '${{ github.action_path }}/run.sh',
    '${{github.action_path}}',
    "${{ github['action_path'] }}",
    '$GITHUB_ACTION_PATH/run.sh',
    '"${GITHUB_ACTION_PATH:?}/main.sh"',
    '$env:GITHUB_ACTION_PATH\\main.ps1',
    '%GITHUB_ACTION_PATH%\\main.cmd',
    'os.environ["GITHUB_ACTION_PATH"]',
  ])('%s', (text) => expect(mentionsActionPath(text)).toBe(true))

  test.each(['ACTION_PATH: x', '${{ github.action }}', '$GITHUB_ACTION_PATHS'])('not %s', (text) =>
    expect(mentionsActionPath(text)).toBe(false),
  )
})

test.each(['${{ github.action_ref }}', '${{ github.action_repository }}', '$GITHUB_ACTION_REF'])(
  '%s asks how the action was called',
  (text) => {
    expect(mentionsOwnRef(text)).toBe(true)
    expect(mentionsOwnRef('${{ github.ref }}')).toBe(false)
  },
)

describe('what leads out behind the folder of the action', () => {
  test.each([
    ['bash "$GITHUB_ACTION_PATH/../lib/run.sh"', ['..', 'lib', 'run.sh']],
    ['bash "${GITHUB_ACTION_PATH}"/../lib/run.sh', ['..', 'lib', 'run.sh']],
    ['${GITHUB_ACTION_PATH:?}/../x', ['..', 'x']],
    ["'''${{ github.action_path }}/../releaser.py'''", ['..', 'releaser.py']],
    ['& $env:GITHUB_ACTION_PATH\\..\\lib\\run.ps1', ['..', 'lib', 'run.ps1']],
    ['%GITHUB_ACTION_PATH%\\..\\run.cmd', ['..', 'run.cmd']],
    ['$GITHUB_ACTION_PATH/sub/../../x', ['sub', '..', '..', 'x']],
    ['source $GITHUB_ACTION_PATH/../x;', ['..', 'x']],
    ['cat $(echo $GITHUB_ACTION_PATH/../x)', ['..', 'x']],
    ['ROOT="$(cd "$GITHUB_ACTION_PATH/.." && pwd)"', ['..']],
    ['$(dirname "$GITHUB_ACTION_PATH")/x', ['..', 'x']],
    ['Join-Path (Split-Path $env:GITHUB_ACTION_PATH) x', ['..']],
    ['include(joinpath(ENV["GITHUB_ACTION_PATH"], "..", "x.jl"))', ['..', 'x.jl']],
    ["path.join(process.env.GITHUB_ACTION_PATH, '..', 'x')", ['..', 'x']],
    ["Path(r'${{ github.action_path }}') / '..' / 'x'", ['..', 'x']],
    ['${GITHUB_ACTION_PATH%/*}/lib/x', ['..', 'lib', 'x']],
    ['"${GITHUB_ACTION_PATH%/a/b}"/x', ['..', '..', 'x']],
    ['${GITHUB_ACTION_PATH%/}/../x', ['..', 'x']],
    ['${GITHUB_ACTION_PATH//\\\\//}/../x', ['..', 'x']],
    ["Path(os.environ['GITHUB_ACTION_PATH']).parent / 'x'", ['..', 'x']],
    ['Path("${{ github.action_path }}").resolve().parent.parent', ['..', '..']],
    ['Path(os.environ["GITHUB_ACTION_PATH"]).parents[1] / "x"', ['..', '..', 'x']],
    ["${{ github.action_path || '.' }}/../x", ['..', 'x']],
  ])('%s', (text, path) => {
    expect(findReaches(text)).toEqual([expect.objectContaining({ from: 'action', path })])
  })

  test('a variable that was given it counts as well', () => {
    const text = 'env:\n  HERE: ${{ github.action_path }}\nrun: $HERE/../x ${HERE}/../y'
    expect(findReaches(text).map(({ from, path }) => [from, ...path])).toEqual([
      ['action', '..', 'x'],
      ['action', '..', 'y'],
    ])
  })

  test.each([
    ['$GITHUB_ACTION_PATH/../$RUNNER_OS/x', ['..']],
    ['$GITHUB_ACTION_PATH/../lib/${{ runner.os }}.sh', ['..', 'lib']],
    ['$GITHUB_ACTION_PATH/${{ inputs.folder }}/../x', []],
    ['$GITHUB_ACTION_PATH/../*.sh', ['..']],
    ["${{ format('{0}/../x', github.action_path) }}", []],
  ])('%s is only known while it runs', (text, path) => {
    expect(findReaches(text)).toEqual([
      expect.objectContaining({ from: 'action', path, isOpen: true }),
    ])
  })

  test('what stays inside does not', () => {
    const inside = [
      '$GITHUB_ACTION_PATH/run.sh',
      '${{ github.action_path }}',
      'echo a..b ...',
      "${{ hashFiles(format('{0}/x', github.action_path)) }}",
      '${GITHUB_ACTION_PATH%/}/x',
    ]
    expect(inside.flatMap(findReaches)).toEqual([])
  })

  test('is placed where it stands, as it stands', () => {
    const text = 'first\nrun: bash "$GITHUB_ACTION_PATH/../x" -v'
    const [reach] = findReaches(text)
    expect(reach).toMatchObject({
      offset: text.indexOf('$'),
      written: '$GITHUB_ACTION_PATH/../x',
    })
  })
})

test.each([
  ['source "$(dirname "$0")/../lib.sh"', 'file', ['..', 'lib.sh']],
  ['. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"', 'file', ['..', 'lib.sh']],
  ['cd "${BASH_SOURCE%/*}/.."', 'file', ['..']],
  ["require(path.join(__dirname, '..', 'x.js'))", 'file', ['..', 'x.js']],
  ['& "$PSScriptRoot/../x.ps1"', 'file', ['..', 'x.ps1']],
  ['call %~dp0\\..\\x.cmd', 'file', ['..', 'x.cmd']],
  ["Path(__file__).parent.parent / 'x'", 'file', ['..', 'x']],
  ["require('../x')", 'unknown', ['..', 'x']],
  ['cat ../x ./../y', 'unknown', ['..', 'x']],
])('%s leads out of the folder of the script', (text, from, path) => {
  expect(findReaches(text)[0]).toMatchObject({ from, path })
})

test('a text as long as a bundle is read in no time worth a word', () => {
  const text = `${'a("../b",$GITHUB_ACTION_PATH/../c);'.repeat(20_000)}${'../'.repeat(50_000)}`
  expect(findReaches(text).length).toBeGreaterThan(40_000)
})

test.each([
  ['cd "$GITHUB_ACTION_PATH"', true],
  ['working-directory: ${{ github.action_path }}', true],
  ['Set-Location $env:GITHUB_ACTION_PATH', true],
  ['cd "$GITHUB_WORKSPACE" && $GITHUB_ACTION_PATH/x', false],
])('%s enters the folder: %s', (text, expected) => {
  expect(entersActionFolder(text)).toBe(expected)
})
