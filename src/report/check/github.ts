import type { Finding, Level } from '../../check/finding.ts'
import type { CheckReport } from './report.ts'
import { byLevel, LEVELS, levelCounts } from '../finding/levels.ts'
import { makeRegions, type Regions } from '../finding/region.ts'
import { accusation, shownChain } from '../finding/sentence.ts'
import { findingTitles } from '../finding/titles.ts'
import { findingWords } from '../finding/words.ts'
import { workflowCommand, type Annotation } from './workflow-command.ts'

/**
 * Findings as workflow commands, which GitHub Actions shows beside the lines that they are about. The gravest come first:
 * GitHub shows ten of each level for a step, and says nothing of the others.
 */
export function formatCheckGithub({ findings, texts }: CheckReport): string {
  const regions = makeRegions(texts)
  const commands = findings
    .toSorted(byLevel)
    .map((finding) => workflowCommand(annotationOf(finding, regions)))
  return [...commands, ...lastLines(findings)].map((line) => `${line}\n`).join('')
}

function annotationOf(finding: Finding, regions: Regions): Annotation {
  const { level, detail, file } = finding
  const words = findingWords(finding)
  const chain = shownChain(finding)
  return {
    kind: KINDS[level],
    title: `${findingTitles[detail.code].title} (${detail.code})`,
    place: file === undefined ? undefined : { file, ...regions.ofFinding(finding) },
    message: [
      accusation(finding, words),
      ...(chain === undefined ? [] : [`Chain: ${chain.join(' → ')}`]),
      `Why: ${words.why}`,
      `Next: ${words.next}`,
    ],
  }
}

const KINDS: Record<Level, Annotation['kind']> = {
  error: 'error',
  warning: 'warning',
  note: 'notice',
}

/** For the log; nothing from outside is in it, which could look like a command. */
function lastLines(findings: readonly Finding[]): string[] {
  const counts = levelCounts(findings)
  const tooMany = LEVELS.some(
    (level) => findings.filter((finding) => finding.level === level).length > MOST_SHOWN,
  )
  return [
    `pinsmith check: ${counts === '' ? 'nothing found' : counts}.`,
    ...(tooMany
      ? [
          `GitHub shows ${MOST_SHOWN} annotations of each level for a step: the job summary has all.`,
        ]
      : []),
  ]
}

// https://docs.github.com/en/actions/reference/limits
const MOST_SHOWN = 10
