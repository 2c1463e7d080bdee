import * as fc from 'fast-check'
import { commit, knownGitHub } from '../support/known-refs.ts'
import { makeWorld } from '../support/github/worlds.ts'

/** A text, and what pinning has to make of it, to the byte. */
export interface Pair {
  readonly before: string
  readonly after: string
}

const repositories = {
  'a/b': { tags: { v1: 1, 'v1.2.0': 1, 'v1.0.0': 2 }, branches: { main: 3 } },
  'octo-org/actions': { tags: { 'login/v1': 4, 'login/v1.1.0': 4 }, branches: { 'release/v2': 5 } },
}

/** The port to the repositories that generated workflows use. */
export const known = knownGitHub(repositories)

/** The same for the local GitHub. */
export const worlds = Object.entries(repositories).map(([name, { tags, branches }]) =>
  makeWorld(name, { tags, heads: branches }),
)

/** References as they are written, and what they become with which label. */
const references = [
  ['a/b@v1', `a/b@${commit(1)}`, 'v1.2.0'],
  ['A/B/sub/path@v1.0.0', `A/B/sub/path@${commit(2)}`, 'v1.0.0'],
  ['a/b@main', `a/b@${commit(3)}`, 'main'],
  ['a/b@refs/tags/v1', `a/b@${commit(1)}`, 'v1.2.0'],
  ['octo-org/actions/login@login/v1', `octo-org/actions/login@${commit(4)}`, 'login/v1.1.0'],
  ['octo-org/actions@release/v2', `octo-org/actions@${commit(5)}`, 'release/v2'],
  [`a/b@${commit(1).toUpperCase()}`, `a/b@${commit(1)}`, 'v1.2.0'],
] as const

/** What any `uses` becomes, the generated ones and what mutation makes of them; what is not known stays. */
export function pinnedForm(uses: string): string {
  const [name = '', ref = '', ...more] = uses.split('@')
  const repository = /^[\\/]*([\w-]+)[\\/]+([\w.-]+)(?:[\\/]|$)/.exec(name)
  const refs = commits.get(`${repository?.[1]}/${repository?.[2]}`.toLowerCase())
  const sha = refs?.get(ref)
  return sha === undefined || more.length > 0 ? uses : `${name}@${sha}`
}

const commits = new Map(
  Object.entries(repositories).map(([name, { tags, branches }]) => {
    const refs = Object.entries<number>({ ...tags, ...branches }).map(
      ([ref, n]) => [ref, commit(n)] as const,
    )
    const scoped = Object.entries<number>(tags).map(
      ([ref, n]) => [`refs/tags/${ref}`, commit(n)] as const,
    )
    return [name, new Map([...refs, ...scoped, [commit(1).toUpperCase(), commit(1)]])]
  }),
)

const reference = fc.constantFrom(...references)

/** One of the characters. */
export function oneOf(characters: string): fc.Arbitrary<string> {
  return fc.constantFrom(...Array.from(characters))
}

/** Words that are no label, whatever stands in them. */
const words = fc.oneof(
  fc.constantFrom(
    'keep me',
    'v1 because of #123',
    '3rd party',
    'uses: a/b@v1',
    '2024-05-01',
    'and/or else',
    '🚀 x',
    'zizmor: ignore[artipacked]',
    '"quoted" \'words\' {and} [brackets]',
  ),
  fc.string({ unit: oneOf('ab#:,{}[]"\'*&!|>%@` \tü日🚀\u00a0') }).map((text) => `note: ${text}.`),
)

interface Tail {
  /** Behind the code, before and after the label is written. */
  readonly before: string
  readonly after: (label: string) => string
}

/** The label of a version that there never was. */
const GONE = '# v9.9.9'

const blanks = fc.constantFrom(' ', '  ', '\t', ' \t ')

const tail: fc.Arbitrary<Tail> = fc.oneof(
  fc.constantFrom('', ' ', ' \t').map((end) => ({
    before: end,
    after: (label: string) => ` # ${label}${end}`,
  })),
  fc.tuple(blanks, fc.constantFrom('# ', '#', '#\t'), words).map(([gap, mark, text]) => ({
    before: `${gap}${mark}${text}`,
    after: (label: string) => ` # ${label}${gap}${mark}${text}`,
  })),
  fc
    .tuple(
      blanks,
      fc.constantFrom(
        '# v1',
        '#v1',
        GONE,
        '# tag=v1',
        '# pin@v1',
        '# ratchet:a/b@v1',
        '# frozen: v1',
      ),
      fc.constantFrom('', '  ', ' # keep me', '\t#no space'),
    )
    .map(([gap, old, rest]) => ({
      before: `${gap}${old}${rest}`,
      after: (label: string) => ` # ${label}${rest}`,
    })),
)

/** Lines, before and after. */
interface Lines {
  readonly before: readonly string[]
  readonly after: readonly string[]
}

function same(...lines: readonly string[]): Lines {
  return { before: lines, after: lines }
}

/** Lines with one reference, `§` where it stands and `¶` where its comment does. */
function withReference(
  [old, pinned, label]: (typeof references)[number],
  end: Tail,
  lines: readonly string[],
): Lines {
  const fill = (text: string, comment: string): string[] =>
    lines.map((line) => line.replace('§', () => text).replace('¶', () => comment))
  const before = fill(old, end.before)
  // Of a pin whose label's tag is gone nothing is touched, not even the case of its SHA.
  const isLeft = old.toLowerCase() === pinned.toLowerCase() && end.before.includes(GONE)
  return { before, after: isLeft ? before : fill(pinned, end.after(label)) }
}

const key = fc.constantFrom('uses: ', '"uses": ', "'uses': ", 'uses : ', 'uses:\t', 'uses:    ')
const quoted = fc.constantFrom('§', '"§"', "'§'", '!!str §', '!!str "§"')

const blockStep = fc
  .tuple(reference, tail, key, quoted, fc.boolean(), fc.boolean())
  .map(([ref, end, name, value, before, after]) =>
    withReference(ref, end, [
      ...(before ? ['- name: "uses: a/b@v1" # v1', `  ${name}${value}¶`] : [`- ${name}${value}¶`]),
      ...(after ? ['  with:', '    uses: a/b@v1 # v1'] : []),
    ]),
  )

const otherStyle = fc
  .tuple(
    reference,
    tail,
    fc.constantFrom<(readonly string[])[]>(
      ['- uses:', '    §¶'],
      ['- uses:', '    "§"¶'],
      ['- uses: # why', '', '    §¶'],
      ['- uses: >-¶', '    §'],
      ['- uses: |¶', '      §', ''],
      ['- uses: |2-¶', '    §'],
      ['- ? uses', '  : §¶'],
      ['-', '  uses: §¶'],
      ['- {uses: §}¶'],
      ['- { name: x, uses: "§" , with: {uses: a/b@v1} }¶'],
      ['- {"uses":"§","name":"# v1"}¶'],
      ['- {', '    uses: §,¶', '    name: "x # y"', '  }'],
      ['- {name: x,', '   uses: §}¶'],
      ['- name: |', '    uses: a/b@v1', '  uses: §¶'],
    ),
  )
  .map(([ref, end, lines]) => withReference(ref, end, lines))

const severalOnALine = fc
  .tuple(fc.array(reference, { minLength: 2, maxLength: 4 }), fc.boolean(), fc.boolean())
  .map(([refs, spaced, comment]): Lines => {
    const line = (texts: readonly string[]): string =>
      `- parallel: [${texts.map((text) => (spaced ? `{ uses: ${text} }` : `{uses: "${text}"}`)).join(', ')}]`
    const labels = refs
      .map(([, pinned, label]) => `${pinned.slice(0, pinned.indexOf('@'))} ${label}`)
      .join(', ')
    const end = comment ? ' # keep me' : ''
    return {
      before: [`${line(refs.map(([old]) => old))}${end}`],
      after: [`${line(refs.map(([, pinned]) => pinned))} # ${labels}${end}`],
    }
  })

/** An anchor and its aliases; the number keeps its name from being that of another. */
const anchored = fc
  .tuple(reference, tail, fc.nat(), fc.boolean())
  .map(([ref, end, n, step]) =>
    step
      ? withReference(ref, end, [
          `- &s${n}`,
          '  uses: §¶',
          `- *s${n}`,
          `- parallel: [*s${n}, *s${n} ]`,
        ])
      : withReference(ref, end, [`- uses: &r${n} §¶`, `- uses: *r${n} # v1`, `- {uses: *r${n} }`]),
  )

const noReference = fc.oneof(
  fc.constantFrom(
    same('- run: |', '    - uses: a/b@v1', '    # v1', '', '    uses: a/b@v1 # v1'),
    same('- run: >-', '    uses: a/b@v1'),
    same('# - uses: a/b@v1 # v1', '- run: x # uses: a/b@v1'),
    same('- env: {uses: a/b@v1} # v1', '  run: x'),
    same('- uses: ./a/b@v1 # v1'),
    same('- uses: $/a # v1'),
    same('- uses: docker://a/b@v1 # v1'),
    same('- uses: a/b@v1 # pinsmith: ignore'),
    same('# pinsmith: ignore', '- uses: a/b@v1'),
    same('- uses: a/b@gone # v1'),
    same('- uses: a/none@v1 # v1'),
    same('- uses: a/b # v1'),
    same('- uses: "a/b@v\\u0031" # v1'),
    same('- Uses: a/b@v1 # v1'),
    same(`- uses: a/b@${commit(1)} # v1.2.0`),
    same(`- uses: a/b@${commit(1)}  #  v1.2.0 # keep me`.replace('#  ', '# ')),
    same('- name: "one', '    # v1', '    uses: a/b@v1"', '  run: x'),
    same(''),
  ),
  words.map((text) => same(`# ${text}`)),
)

const parallelGroup = fc
  .array(fc.oneof(blockStep, otherStyle, noReference), { minLength: 1, maxLength: 3 })
  .map((steps): Lines => {
    return {
      before: ['- parallel:', '    - run: x', ...steps.flatMap(({ before }) => indentAll(before))],
      after: ['- parallel:', '    - run: x', ...steps.flatMap(({ after }) => indentAll(after))],
    }
  })

const job = fc
  .tuple(
    fc.array(
      fc.oneof(
        { weight: 4, arbitrary: blockStep },
        { weight: 4, arbitrary: otherStyle },
        { weight: 2, arbitrary: anchored },
        severalOnALine,
        parallelGroup,
        { weight: 3, arbitrary: noReference },
      ),
      { minLength: 1, maxLength: 8 },
    ),
    fc.nat(4),
    fc.boolean(),
  )
  .map(([steps, depth, isLast]): Lines => {
    const fill = (side: keyof Lines): string[] => {
      const lines = steps.flatMap((step) => step[side]).map((line) => indent(line, 4 + depth))
      const all = ['    steps:', `${' '.repeat(4 + depth)}- run: x`, ...lines]
      const other = '    env: {uses: a/b@v1}'
      return isLast ? [other, ...all] : [...all, other]
    }
    return { before: fill('before'), after: fill('after') }
  })

/** A workflow in random styles. */
export const workflow: fc.Arbitrary<Pair> = fc
  .record({
    jobs: fc.array(job, { minLength: 1, maxLength: 3 }),
    ends: fc.oneof(
      fc.constant(['\n']),
      fc.constant(['\r\n']),
      fc.array(fc.constantFrom('\n', '\r\n'), { minLength: 2, maxLength: 7 }),
    ),
    mark: fc.constantFrom('', '\ufeff'),
    head: fc.constantFrom([], ['---'], ['# v1'], ['on: push', ''], ['%YAML 1.2', '--- # v1']),
    final: fc.boolean(),
  })
  .map(({ jobs, ends, mark, head, final }) => {
    const join = (side: keyof Lines): string => {
      const lines = [
        ...head,
        'jobs:',
        ...jobs.flatMap((each, n) => [`  job${n}:`, ...uniqueAnchors(each[side], n)]),
      ]
      const text = lines.map((line, n) => line + (ends[n % ends.length] ?? '\n')).join('')
      return mark + (final ? text : text.replace(/\r?\n$/, ''))
    }
    return { before: join('before'), after: join('after') }
  })

// Of one name in two places, the later anchor would count.
function uniqueAnchors(lines: readonly string[], n: number): string[] {
  return lines.map((line) => line.replace(/([&*][sr]\d+)\b/g, `$1x${n}`))
}

function indentAll(lines: readonly string[]): string[] {
  return lines.map((line) => indent(line, 4))
}

function indent(line: string, by: number): string {
  return line === '' ? '' : ' '.repeat(by) + line
}

const token = fc.constantFrom(
  'uses: ',
  'a/b@v1',
  'a/b@main',
  '- ',
  '\n',
  '\n      ',
  '\n        ',
  '  ',
  '{',
  '}',
  '[',
  ']',
  ', ',
  ': ',
  '#',
  ' # v1',
  ' # keep me',
  ' #',
  '&x ',
  '*x',
  '"',
  "'",
  '|',
  '>-',
  '\t',
  '\r\n',

  'jobs:',
  'steps: ',
  'with: ',
  'run: ',
  '? ',
  '\n---\n',
  '!!str ',
  '\\',
  '\u00a0',
  '\u2028',
  '🚀',

  '- uses: a/b@v1',
  '\n      - uses: ',
  '{uses: a/b@v1}',
  'uses',
  '<<: ',
  'container: ',
  '\ufeff',
)

/** Texts that are seldom a workflow, and then an odd one. */
export const soup: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(
      '',
      'jobs:\n  j:\n    steps:\n',
      'jobs:\n  j:\n    steps:\n      - uses: a/b@v1',
      'runs: {steps: [',
    ),
    fc.array(token, { maxLength: 25 }),
  )
  .map(([head, tokens]) => head + tokens.join(''))

/** A workflow with some tokens put in somewhere. */
export const mutant: fc.Arbitrary<string> = fc
  .tuple(workflow, fc.array(fc.tuple(fc.nat(), token), { minLength: 1, maxLength: 3 }))
  .map(([{ before }, insertions]) =>
    insertions.reduce((text, [nat, inserted]) => {
      const at = nat % (text.length + 1)
      return text.slice(0, at) + inserted + text.slice(at)
    }, before),
  )
