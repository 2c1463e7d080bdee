import type { Finding } from '../../check/finding.ts'
import type { Fingerprint } from './fingerprint.ts'
import type { Region, Regions } from '../finding/region.ts'
import { accusation, shownChain } from '../finding/sentence.ts'
import { findingWords } from '../finding/words.ts'
import { shortenCommits, shortenReference } from '../graph/reference.ts'
import { printable } from '../printable.ts'
import { ruleIndex } from './sarif-rules.ts'

/** Findings of one place and one code as one result of a SARIF run; the gravest of them gives the level. */
export function sarifResult(
  findings: readonly [Finding, ...Finding[]],
  { own, line }: Fingerprint,
  regions: Regions,
): object {
  const [first] = findings
  const { code } = first.detail
  const location = { physicalLocation: physicalLocation(first, regions) }
  const flows = findings.flatMap((finding) => codeFlow(finding, location))
  const fixes = findings.flatMap((finding) => sarifFix(finding, regions))
  return {
    ruleId: code,
    ruleIndex: ruleIndex(code),
    level: first.level,
    message: { text: messageText(findings) },
    locations: [location],
    partialFingerprints: { primaryLocationLineHash: line, 'pinsmith/v1': own },
    ...(flows.length === 0 ? {} : { codeFlows: flows }),
    ...(fixes.length === 0 ? {} : { fixes }),
  }
}

/** Its first sentence is what code scanning shows as an alert's title. */
function messageText(findings: readonly [Finding, ...Finding[]]): string {
  const [first, ...others] = findings
  const words = findingWords(first)
  const ends = others.flatMap(({ chain }) => chain.at(-1) ?? []).map(shortenReference)
  const shown = [...new Set(ends)]
  const also =
    shown.length === 0
      ? []
      : [`The same of ${shown.slice(0, MOST_NAMED).join(', ')}${moreThan(MOST_NAMED, shown)}.`]
  const chain = shownChain(first)
  const sentences = [
    `${accusation(first, words)}.`,
    ...(chain === undefined ? [] : [`It is reached by ${chain.join(' → ')}.`]),
    ...also,
    sentence(words.why),
    sentence(words.next),
  ]
  return plain(sentences.join(' '))
}

/** How a nested finding is reached. All of it begins at one place: the others are in files of other repositories. */
function codeFlow(finding: Finding, location: object): object[] {
  const chain = shownChain(finding)
  if (chain === undefined) return []
  const locations = chain.map((reference) => ({
    location: { ...location, message: { text: plain(reference) } },
  }))
  return [{ threadFlows: [{ locations }] }]
}

function sarifFix({ file, fix }: Finding, regions: Regions): object[] {
  if (file === undefined || fix === undefined) return []
  const replacements = fix.edits.flatMap(({ span, replacement }) => {
    const region = regions.ofSpan(file, span)
    return region === undefined
      ? []
      : [{ deletedRegion: placeOf(region), insertedContent: { text: replacement } }]
  })
  if (replacements.length < fix.edits.length) return []
  return [
    {
      description: { text: 'What pinsmith check --fix would write.' },
      artifactChanges: [{ artifactLocation: artifactLocation(file), replacements }],
    },
  ]
}

function physicalLocation(finding: Finding, regions: Regions): object {
  const region = regions.ofFinding(finding)
  return {
    artifactLocation: artifactLocation(finding.file ?? NO_FILE),
    region: {
      ...placeOf(region),
      ...(region.text === '' ? {} : { snippet: { text: region.text } }),
    },
  }
}

/** Code scanning shows nothing that has no place; and of a folder its action makes no fingerprint of its own. */
const NO_FILE = '.github/workflows'

function placeOf({ line, column, endLine, endColumn }: Region): object {
  return { startLine: line, startColumn: column, endLine, endColumn }
}

/** A path below the repository's root as a relative URI. */
function artifactLocation(path: string): object {
  const uri = path.split('/').map(encodePart).join('/')
  return { uri, uriBaseId: '%SRCROOT%' }
}

function encodePart(part: string): string {
  return encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd'))
}

function moreThan(most: number, items: readonly string[]): string {
  return items.length > most ? ` and ${items.length - most} more` : ''
}

const MOST_NAMED = 10

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}

/** In a SARIF message, `[text](target)` is a link: outside text makes none. */
function plain(text: string): string {
  return printable(shortenCommits(text)).replaceAll('](', '] (')
}
