import type { Knowledge } from '../../check/accuse-learned.ts'
import { nestedUses, type NestedUse } from '../../check/nested-use.ts'
import { inquiryOf, type OwnReference } from '../../check/own-reference.ts'
import { reachQuestions, wantsTagsForReach, type Answered } from '../../check/reach-questions.ts'
import { wantsTagsForVersion } from '../../check/vulnerable.ts'
import type { HostFailure } from '../../domain/outcome.ts'
import type { AdvisoryList, Connection, ReachOf } from '../../resolve/connection.ts'
import type { Inquiry } from '../../resolve/question.ts'
import { lookUpAll, wantsTagsForLabel, type Told } from '../../resolve/resolve.ts'
import type { Graph } from '../../walk/graph.ts'
import { questionsWithRefs } from '../../walk/question.ts'
import { walk } from '../../walk/walk.ts'
import { expandAll } from './expand-all.ts'
import { walkFiles, type GraphResult } from '../graph.ts'
import type { Connect, PlanFailure } from '../make-plan.ts'
import type { Sources } from '../sources.ts'
import { openWorkspace } from '../workspace.ts'

/** What was asked and found out about the references of a run. */
export interface Learned {
  readonly kind: 'learned'
  readonly knowledge: Knowledge
  /** What the workflows run; where that was to be walked. */
  readonly nested: GraphResult | undefined
  /** What the files use by what they use. */
  readonly uses: readonly NestedUse[]
}

/**
 * Asks all that can be asked about references: their repositories and the advisories in one round, what they use in turn in one for
 * each level, and in a last one whether the commits are really those repositories'. Where shortened SHAs stand, one round more tells
 * of which commits, and one what there is to know of those.
 * @param own the references that are to be judged; the walk goes from all of the files
 */
export async function learn(
  sources: Sources,
  own: readonly OwnReference[],
  isNested: boolean,
  connect: Connect,
): Promise<Learned | PlanFailure> {
  const inquiries = own.flatMap((reference) => inquiryOf(reference) ?? [])
  const first = await askFirst(inquiries, isNested, connect)
  if (first.kind === 'usage' || first.kind === 'host-failure') return first
  const [walked, expanded] = await Promise.all([
    isNested ? walkAll(sources, own, connect) : nothingWalked,
    expandAll(inquiries, first.told, connect),
  ])
  if (walked.kind === 'usage' || walked.kind === 'host-failure') return walked
  if (expanded.kind !== 'expanded') return expanded
  const all = [...inquiries, ...expanded.inquiries, ...walked.uses.flatMap(inquiryAbout)]
  const { advisories } = first
  const told = await askAgain(all, new Set(expanded.inquiries), advisories, connect)
  if (told.kind === 'usage' || told.kind === 'host-failure') return told
  const reachOf = await askReach(all, told.by, connect)
  if (typeof reachOf !== 'function') return reachOf
  const { graphs, nested, uses } = walked
  const { expansionOf } = expanded
  const knowledge: Knowledge = { told: told.by, reachOf, expansionOf, advisories, graphs }
  return { kind: 'learned', knowledge, nested, uses }
}

function inquiryAbout({ reference }: NestedUse): Inquiry[] {
  return reference === undefined ? [] : [{ reference, comment: { kind: 'prose' } }]
}

interface First {
  readonly kind: 'first'
  readonly told: Told['by']
  readonly advisories: AdvisoryList | HostFailure | undefined
}

async function askFirst(
  inquiries: readonly Inquiry[],
  nested: boolean,
  connect: Connect,
): Promise<First | PlanFailure> {
  if (inquiries.length === 0) return { kind: 'first', told: () => undefined, advisories: undefined }
  const github = await connect()
  if ('kind' in github) return github
  const [told, advisories] = await Promise.all([
    lookUpAll(github, inquiries, {
      nested,
      wantsAllTags: (inquiry, refs) =>
        wantsTagsForLabel(inquiry, refs, undefined) || wantsTagsForReach(inquiry, refs),
    }),
    github.readAdvisories(),
  ])
  return told.kind === 'told'
    ? { kind: 'first', told: told.by, advisories }
    : { kind: 'host-failure', failure: told }
}

interface AllWalked {
  readonly kind: 'walked'
  readonly graphs: readonly Graph[]
  readonly nested: GraphResult | undefined
  readonly uses: readonly NestedUse[]
}

const nothingWalked: AllWalked = { kind: 'walked', graphs: [], nested: undefined, uses: [] }

/** Walks from the workflows, for the verdict, and from actions that no workflow leads to, since others may use them. */
async function walkAll(
  sources: Sources,
  own: readonly OwnReference[],
  connect: Connect,
): Promise<AllWalked | PlanFailure> {
  const files = new Map(sources.files.map(({ path, located }) => [path, located]))
  const nested = await walkFiles(sources, files, connect, undefined, questionsWithRefs)
  if (nested.kind !== 'graph') return nested
  const others = [...files].flatMap(([path, located]) =>
    nested.graph.nodes.has(path) ? [] : [{ path, located }],
  )
  const graphs = [nested.graph]
  if (others.length > 0) {
    const github = await connect()
    if ('kind' in github) return github
    const workspace = openWorkspace(sources.found, files)
    const walked = await walk(others, workspace, github, questionsWithRefs)
    if (walked.kind !== 'walked') return { kind: 'host-failure', failure: walked }
    graphs.push(walked.graph)
  }
  const uses = nestedUses(graphs, new Set(files.keys()), own)
  return { kind: 'walked', graphs, nested, uses }
}

/**
 * All of it was asked before, but for the versions that tell whether an advisory is about a commit, and what there is to know of
 * the commits that shortened SHAs are of.
 */
async function askAgain(
  inquiries: readonly Inquiry[],
  expanded: ReadonlySet<Inquiry>,
  advisories: First['advisories'],
  connect: Connect,
): Promise<Told | PlanFailure> {
  if (inquiries.length === 0) return { kind: 'told', by: () => undefined }
  const github = await connect()
  if ('kind' in github) return github
  const vulnerabilities = advisories?.kind === 'advisories' ? advisories.vulnerabilities : []
  const told = await lookUpAll(github, inquiries, {
    nested: false,
    wantsAllTags: (inquiry, refs) =>
      (expanded.has(inquiry) && wantsTagsForLabel(inquiry, refs, undefined)) ||
      wantsTagsForReach(inquiry, refs) ||
      wantsTagsForVersion(inquiry.reference, refs, vulnerabilities),
  })
  return told.kind === 'told' ? told : { kind: 'host-failure', failure: told }
}

async function askReach(
  inquiries: readonly Inquiry[],
  told: Told['by'],
  connect: Connect,
): Promise<ReachOf | PlanFailure> {
  const answered = inquiries.flatMap((inquiry): Answered[] => {
    const refs = told(inquiry.reference)
    return refs?.kind === 'refs' ? [{ inquiry, refs }] : []
  })
  const questions = reachQuestions(answered)
  if (questions.length === 0) return nothingReached
  const github: Connection | PlanFailure = await connect()
  if ('kind' in github) return github
  const found = await github.findReach(questions)
  return found.kind === 'reaches' ? found.of : { kind: 'host-failure', failure: found }
}

const nothingReached: ReachOf = () => ({
  by: { kind: 'undetermined', detail: 'it was not asked for' },
  after: new Set(),
  apart: new Set(),
})
