import { afterAll, expect, test } from 'vitest'
import { checkFiles, CI, workflow, type ReportedFinding } from './support/check.ts'
import { corpusNeeded, loadCorpus } from './support/corpus.ts'
import { startGitHub } from './support/github/server.ts'
import { judgeRecorded, OWN_CODES } from './support/recorded-check.ts'
import { imagesBelow, walkRecorded } from './support/recorded-walk.ts'

const { isReady, worlds, apps, textsOf } = await loadCorpus()
// So many repositories are more than an hour is for.
const limits = { core: Infinity, anonymous: Infinity, graphql: Infinity }
const github = await startGitHub({ worlds, limits })
afterAll(() => github.close())

test.skipIf(!isReady)(`real repositories: ${corpusNeeded}`, () => {
  expect(apps.length).toBeGreaterThan(0)
})

test.each(apps)(
  'in %s every untrue label and every impostor is found, and nothing else is accused',
  async (app) => {
    const files = textsOf(app)
    const checked = await checkFiles(github, files)
    expect(checked.code).toBe(checked.findings.some(({ level }) => level !== 'note') ? 1 : 0)
    const own = checked.findings.filter(isAboutItself)
    expect(own.map(({ file, line, code }) => `${file}:${line} ${code}`).toSorted()).toEqual(
      judgeRecorded(files, worlds).toSorted(),
    )
    expect(checked.findings.flatMap(nestedChain).toSorted()).toEqual(
      [...nestedEnds(walkRecorded(files, worlds).chains)].toSorted(),
    )
    const images = checked.findings.flatMap(nestedImage)
    expect(new Set(images.map(({ image }) => image))).toEqual(imagesBelow(files, worlds))
    expect(new Set(images.map(({ once }) => once)).size).toBe(images.length)
    const others = checked.findings.filter((finding) => !isAboutItself(finding))
    const codes = new Set(others.map(({ code }) => code))
    const benign = [
      'nested-unpinned',
      'unknown-commit',
      'unpinned-image',
      'undetermined',
      'renamed',
    ]
    expect([...codes].filter((code) => !benign.includes(code))).toEqual([])
    expect(checked.verdict).toBe(walkRecorded(files, worlds).verdict)
  },
  120_000,
)

test.skipIf(!isReady)(
  'the commit of a fork that r-lib/actions pins is found, with its chain',
  async () => {
    const world = worlds.find(({ owner, name }) => `${owner}/${name}` === 'r-lib/actions')
    const commit = world?.tags?.['v2.10.1']?.commit ?? ''
    const entry = `r-lib/actions/setup-r-dependencies@${commit}`
    const { findings } = await checkFiles(github, { [CI]: workflow(`${entry} # v2.10.1`) })
    expect(findings.filter(({ code }) => code === 'impostor-commit')).toMatchObject([
      {
        file: CI,
        line: 4,
        chain: [entry, 'quarto-dev/quarto-actions/setup@577558713f28cb3a0e7a735f80dce913d89b77d2'],
      },
    ])
  },
)

/** Whether a finding is about a reference of the files itself, and not about what it leads to. */
function isAboutItself({ code, chain, message }: ReportedFinding): boolean {
  return (
    OWN_CODES.includes(code) && chain.length === 1 && !/^(?:what|neither|this means)/.test(message)
  )
}

function nestedChain({ code, chain }: ReportedFinding): string[] {
  return code === 'nested-unpinned' ? [chain.slice(-2).join(' → ')] : []
}

/** An image below a reference, and what must not be told of twice. */
function nestedImage({ code, file, line, column, chain }: ReportedFinding) {
  if (code !== 'unpinned-image' || chain.length < 2) return []
  const end = chain.at(-1) ?? ''
  const once = JSON.stringify([file, line, column, end.replace(/^docker:\/\//, '')])
  return [{ image: `${file} ${chain[0]} → ${end}`, once }]
}

/** The references to blame below the repository's own, each with what uses it. */
function nestedEnds(chains: ReadonlySet<string>): ReadonlySet<string> {
  const ends = [...chains].flatMap((chain) => {
    const [, ...references]: readonly string[] = JSON.parse(chain)
    const remote = references.filter((reference) => !/^[.$]\//.test(reference))
    return remote.length > 1 ? [remote.slice(-2).join(' → ')] : []
  })
  return new Set(ends)
}
