import type { FilePlan } from '../../plan/plan.ts'
import { folderOf } from '../../remedy/vendor/archive.ts'
import { shortCommit, shortenReference } from '../graph/reference.ts'
import { codeSpan, prose } from '../markdown.ts'
import { splitBelow, type PatchChains } from './below.ts'
import { isWorkflowFile, patchChanges, type PatchChange } from './change.ts'
import { freshParts } from './fresh.ts'
import { patchNotes } from './notes.ts'
import { policyMessage } from '../verdict/policy-message.ts'
import { HOME } from '../project-pages.ts'
import { groupChains, waySteps } from '../verdict/chains.ts'

/** What the text of a patch tells of. */
export interface PatchSubject {
  readonly target: {
    readonly owner: string
    readonly repo: string
    /** The ref that it was made at. */
    readonly ref: string
    readonly commit: string
    /** As the user named it, where it was renamed since. */
    readonly formerly: string | undefined
  }
  /** `https://github.com`, without a final slash. */
  readonly serverUrl: string
  readonly files: readonly FilePlan[]
  /** How the repository of whoever makes it comes to what is not pinned. */
  readonly callers: PatchChains
  /** From the files, once they are patched, to what is not pinned in other repositories. */
  readonly below: PatchChains
}

/** The text of a pull request with a patch, as Markdown: its first line is the title. */
export function formatPatchMarkdown(subject: PatchSubject): string {
  const changes = patchChanges(subject.files)
  const parts = [
    '# Pin the actions used here to full commit SHAs',
    ...whyParts(subject, changes),
    '## What changes',
    'Each ref becomes the commit that it names today, with its version behind it as a comment, so the same code runs as before.',
    tableOf(changes, subject.serverUrl),
    ...listOf(patchNotes(subject.files, changes, subject.target)),
    ...belowParts(subject),
    '## How it stays fresh',
    ...freshParts(subject.files),
    footer(subject),
  ]
  return `${parts.join('\n\n')}\n`
}

function whyParts({ target, callers }: PatchSubject, changes: readonly PatchChange[]): string[] {
  const name = `${target.owner}/${target.repo}`
  const blocked = [
    ...new Set(
      changes.flatMap(({ reference: { kind, text } }) => (kind === 'action' ? [text] : [])),
    ),
  ]
  const incidents =
    'A tag can be moved to other code, as those of tj-actions/changed-files, reviewdog/action-setup and aquasecurity/trivy-action were by attackers. A full commit SHA cannot.'
  if (blocked.length === 0) return [incidents]
  return [
    incidents,
    `So GitHub lets an organization [require that actions are pinned to a full-length commit SHA](${POLICY}). The policy looks through an action at what that uses in turn. Where it is on, a workflow that uses ${codeSpan(name)} ends in "Set up job", however ${codeSpan(name)} itself is pinned:`,
    `> ${prose(policyMessage(blocked, 'OWNER/REPO'))}`,
    'The policy has no list of exceptions, and a workflow cannot pin what an action uses: it can only be mended here. This is how a workflow gets there:',
    chainsOf(callers, target, changes),
  ]
}

const POLICY =
  'https://github.blog/changelog/2025-08-15-github-actions-policy-now-supports-blocking-and-sha-pinning-actions/'

/** From the caller's workflows, if they lead there; else from the action itself. */
function chainsOf(
  { chains, graph }: PatchSubject['callers'],
  target: PatchSubject['target'],
  changes: readonly PatchChange[],
): string {
  const called = waysOf({ chains, graph })
  const own = changes.flatMap(({ file, reference }) =>
    reference.kind === 'action' ? [[usedAs(file, target), reference.text]] : [],
  )
  return listOfWays(called.length > 0 ? called : own)
}

/** What this patch alone does not mend. */
function belowParts({ below, target }: PatchSubject): string[] {
  const { own, others } = splitBelow(below, target)
  return [
    ...waysBelow(
      'These actions of this very repository are pinned to commits at which they are not pinned in what they use, since no patch reaches a commit that is made already:',
      own,
    ),
    ...(own.chains.length === 0
      ? []
      : [
          'As `$/…` they are always those of the same commit, so this patch is enough (on github.com, with runner 2.336.0 or newer); else move these pins once a commit with this patch is there.',
        ]),
    ...waysBelow(
      'Below that, in other repositories, this is not pinned yet, which is for them to mend:',
      others,
    ),
  ]
}

function waysBelow(words: string, chains: PatchChains): string[] {
  return chains.chains.length === 0 ? [] : [words, listOfWays(waysOf(chains))]
}

function waysOf({ chains, graph }: PatchChains): string[][] {
  return groupChains(chains, graph).flatMap(({ ways }) => ways.map(waySteps))
}

function listOfWays(ways: readonly (readonly string[])[]): string {
  const distinct = [...new Set(ways.map((steps) => steps.map(codeSpan).join(' → ')))]
  const more = distinct.length - MOST_CHAINS
  return [
    ...distinct.slice(0, MOST_CHAINS).map((way) => `- ${way}`),
    ...(more > 0 ? [`- … and ${more} more`] : []),
  ].join('\n')
}

const MOST_CHAINS = 10

/** How others write it: an action by its folder, a workflow by its file. */
function usedAs(file: string, { owner, repo, ref }: PatchSubject['target']): string {
  const path = isWorkflowFile(file) ? file : folderOf(file)
  return `${owner}/${repo}${path === '' ? '' : `/${path}`}@${ref}`
}

function tableOf(changes: readonly PatchChange[], serverUrl: string): string {
  const rows = changes.map(({ file, site, reference, pin }) => {
    const { owner, repo, ref } = reference
    const repository = `${serverUrl}/${[owner, repo].map(encodeURIComponent).join('/')}`
    const commit = `[${codeSpan(shortCommit(pin.commit))}](${repository}/commit/${pin.commit})`
    const label = pin.label === undefined ? '' : ` ${codeSpan(pin.label)}`
    const compare =
      ref.kind === 'sha'
        ? ''
        : ` ([compare](${repository}/compare/${encodePath(ref.name)}...${pin.commit}))`
    const was = codeSpan(shortenReference(reference.text))
    return `| ${codeSpan(`${file}:${site.position.line}`)} | ${was} | ${commit}${label}${compare} |`
  })
  return ['| where | was | is now |', '| --- | --- | --- |', ...rows].join('\n')
}

function listOf(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [lines.map((line) => `- ${line}`).join('\n')]
}

function footer({ target }: PatchSubject): string {
  const { owner, repo, ref, commit } = target
  return `Made with [\`pinsmith patch\`](${HOME}) at ${codeSpan(`${owner}/${repo}@${ref}`)}, commit ${codeSpan(commit)}.`
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
