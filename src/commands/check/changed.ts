import { readChanges, type Changes, type ChangesFault } from '../../apply/git-changes.ts'
import { displayPath } from '../../apply/place.ts'
import type { Environment } from '../../apply/run-git.ts'
import type { Leniency } from '../../check/weigh.ts'
import { usageFault, type UsageFault } from '../../github/usage.ts'
import type { Position } from '../../domain/span.ts'
import { locate, type Site } from '../../yaml/locate.ts'
import type { LocatedSource, Sources } from '../sources.ts'

/**
 * Asks git what was changed since a base in every repository that the files are of. A reference was changed with the line that it
 * or its label stands on, and where it is not ignored any more; what is about a whole file, with any line of it.
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
  const changed = new Map<string, ChangedLines>()
  for (const file of files) {
    const changes = byRoot.get(file.source.root)
    if (changes !== undefined) changed.set(file.path, await changedLines(file, changes))
  }
  return ({ file, position, site }) => {
    const lines = changed.has(file) ? changed.get(file) : byRoot.get(found.root)?.linesOf(file)
    if (lines === undefined || lines === 'all') return lines === 'all'
    return site === undefined || linesIn(position, site).some((line) => lines.has(line))
  }
}

type ChangedLines = ReturnType<Changes['linesOf']>

/** The lines of a file that were changed, and those of references that were ignored before, by a comment that is gone. */
async function changedLines(
  { source: { root, absolute }, located }: LocatedSource,
  { linesOf, before }: Changes,
): Promise<ChangedLines> {
  const path = displayPath({ root, cwd: root }, absolute)
  const lines = linesOf(path)
  if (lines === undefined || lines === 'all') return lines
  const earlier = await before(path)
  const then = earlier === undefined ? undefined : locate(earlier.text)
  if (earlier === undefined || then?.kind !== 'located') return lines
  const ignored = new Set(
    then.sites.flatMap(({ ignore, position }) => (ignore === undefined ? [] : [keyOf(position)])),
  )
  const heeded = located.sites.flatMap(({ ignore, position: { line, column } }) => {
    const isOld = ignore === undefined && !lines.has(line)
    return isOld && ignored.has(keyOf({ line: earlier.lineOf(line), column })) ? [line] : []
  })
  return new Set([...lines, ...heeded])
}

function keyOf({ line, column }: Position): string {
  return `${line}:${column}`
}

/** The lines that a reference takes: its own, to where its text ends, and that of its label. */
function linesIn(position: Position | undefined, { labelLine, refSpan }: Site): number[] {
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
