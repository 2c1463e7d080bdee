import { readChanges, type Changes, type ChangesFault } from '../apply/git-changes.ts'
import { displayPath } from '../apply/place.ts'
import type { Environment } from '../apply/run-git.ts'
import type { Place } from '../check/accusation.ts'
import type { Leniency } from '../check/weigh.ts'
import { usageFault, type UsageFault } from '../github/usage.ts'
import type { Site } from '../yaml/locate.ts'
import type { Sources } from './sources.ts'

/**
 * Asks git what was changed since a base in every repository that the files are of. A reference was changed with the line that it
 * or its label stands on; what is about a whole file, with any line of it.
 */
export async function readChanged(
  { found, files }: Sources,
  base: string,
  env: Environment,
): Promise<NonNullable<Leniency['isChanged']> | UsageFault> {
  const byRoot = new Map<string, Changes>()
  for (const root of new Set([found.root, ...files.map(({ source }) => source.root)])) {
    const changes = await readChanges(root, base, env)
    if (changes.kind === 'changes-fault') return usageFault(faultWords(changes, root, base))
    byRoot.set(root, changes)
  }
  const sources = new Map(files.map(({ path, source }) => [path, source]))
  return (place) => {
    const source = sources.get(place.file)
    const root = source?.root ?? found.root
    const path =
      source === undefined ? place.file : displayPath({ root, cwd: root }, source.absolute)
    const lines = byRoot.get(root)?.linesOf(path)
    if (lines === undefined || lines === 'all') return lines === 'all'
    return place.site === undefined || linesIn(place, place.site).some((line) => lines.has(line))
  }
}

/** The lines that a reference takes: its own, to where its text ends, and that of its label. */
function linesIn({ position }: Place, { labelLine, refSpan }: Site): number[] {
  const label = labelLine.line + 1
  const first = Math.min(position?.line ?? label, label)
  const last = Math.max(position?.line ?? label, label)
  // A text that is written below its header ends on the next line at the earliest.
  const below = typeof refSpan === 'object' && refSpan.start > labelLine.end ? 1 : 0
  return Array.from({ length: last + below - first + 1 }, (_, index) => first + index)
}

function faultWords({ code }: ChangesFault, root: string, base: string): string {
  const named = JSON.stringify(base)
  switch (code) {
    case 'git':
      return `what was changed since ${named} could not be found out: git does not read ${root} as a repository. Leave out --changed to look at everything.`
    case 'no-base':
      return `--changed: git knows no commit ${named}. Name a branch, a tag or a commit that is there; in a workflow, fetch it first (actions/checkout with \`fetch-depth: 0\`).`
    case 'no-merge-base':
      return `--changed: where ${named} and what is checked out parted is not known. In a workflow, fetch the history (actions/checkout with \`fetch-depth: 0\`).`
  }
}
