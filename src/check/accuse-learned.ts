import type { Config } from '../config/config.ts'
import type { HostFailure } from '../domain/outcome.ts'
import { repositoryKey, type RemoteReference } from '../domain/reference.ts'
import type { AdvisoryList, Vulnerability } from '../resolve/connection.ts'
import { LEFT_OUT, type RepositoryRefs } from '../resolve/port.ts'
import { resolveRef } from '../resolve/resolution.ts'
import type { Told } from '../resolve/resolve.ts'
import type { Edge, Graph } from '../walk/graph.ts'
import { placeAt, type Accusation } from './accusation.ts'
import { accuseImages } from './accuse-images.ts'
import { accuseAt, accuseOwner } from './accuse-shapes.ts'
import type { FindingDetail } from './finding-detail.ts'
import { judgeNested } from './nested-fault.ts'
import type { NestedUse } from './nested-use.ts'
import { inquiryOf, type OwnReference } from './own-reference.ts'
import { judgeReference, type Asked } from './reference-fault.ts'
import { judgeShape } from './shape.ts'
import { expandInquiry } from './shortened.ts'
import { judgeVulnerable } from './vulnerable.ts'

/** What was found out about the references of a repository. */
export interface Knowledge extends Asked {
  readonly told: Told['by']
  /** `undefined` where there was nothing to ask them about. */
  readonly advisories: AdvisoryList | HostFailure | undefined
  /** What the files run, where that was walked. */
  readonly graphs: readonly Graph[]
}

/** Accuses references of what was found out about them: own ones, those below them, and the run where something could not be. */
export function accuseLearned(
  own: readonly OwnReference[],
  uses: readonly NestedUse[],
  knowledge: Knowledge,
  config: Config,
): Accusation[] {
  return [
    ...accuseRun(knowledge),
    ...accuseOwn(own, knowledge, config),
    ...accuseNested(uses, knowledge, config),
    ...accuseImages(uses),
  ]
}

function accuseOwn(
  own: readonly OwnReference[],
  knowledge: Knowledge,
  config: Config,
): Accusation[] {
  const edges = ownEdges(knowledge.graphs)
  return [
    ...own.flatMap((reference) => {
      const detail = judgeOwn(reference, knowledge)
      const unknown = judgeTarget(detail, edges.get(edgeKey(reference)))
      return [
        ...accuseAt(reference, detail),
        ...accuseAt(reference, unknown),
        ...accuseVulnerable(reference, detail, knowledge),
        ...accuseOwner(reference, config),
      ]
    }),
    ...accuseRepositories(own, knowledge),
  ]
}

/** Accuses what own references lead to in the manifests of others. */
function accuseNested(
  uses: readonly NestedUse[],
  { told, reachOf, advisories }: Knowledge,
  config: Config,
): Accusation[] {
  return uses.flatMap((use) => {
    const { reference, edge } = use
    const refs = reference === undefined ? undefined : told(reference)
    const detail = judgeNested(use, refs, reachOf)
    const details = [
      ...(detail === undefined ? [] : [detail]),
      ...(reference !== undefined && refs?.kind === 'refs' && !isStranger(detail)
        ? judgeRun(reference, edge.label, refs, listed(advisories))
        : []),
      ...(reference !== undefined && !config.allowsOwner(reference.owner)
        ? [{ code: 'owner-not-allowed', owner: reference.owner } as const]
        : []),
    ]
    if (details.length === 0) return []
    const places = use.places()
    return details.map((each) => ({ detail: each, places }))
  })
}

/** Accuses the run itself: of advisories that could not be read, and so say nothing. */
function accuseRun({ advisories }: Pick<Knowledge, 'advisories'>): Accusation[] {
  if (advisories === undefined || advisories.kind === 'advisories') return []
  const what = { kind: 'advisories', failure: advisories } as const
  return [{ detail: { code: 'undetermined', what }, places: [] }]
}

function judgeOwn(reference: OwnReference, knowledge: Knowledge): FindingDetail | undefined {
  const inquiry = inquiryOf(reference)
  return inquiry === undefined
    ? judgeShape(reference)
    : judgeReference(inquiry, knowledge.told(inquiry.reference) ?? LEFT_OUT, knowledge)
}

/** What a reference leads to that is not known, unless the reference is accused already of what explains it. */
function judgeTarget(
  detail: FindingDetail | undefined,
  edge: Edge | undefined,
): FindingDetail | undefined {
  if (edge?.target.kind !== 'unknown' || isExplanation(detail)) return undefined
  const { reason } = edge.target
  // A shortened SHA is always accused itself: of being one, or of what it is of.
  return reason.kind === 'unresolved' && reason.resolution.kind === 'short-sha'
    ? undefined
    : { code: 'undetermined', what: { kind: 'nested', reason } }
}

function isExplanation(detail: FindingDetail | undefined): boolean {
  return detail !== undefined && EXPLANATIONS.has(detail.code)
}

const EXPLANATIONS: ReadonlySet<FindingDetail['code']> = new Set([
  'unpinned',
  'short-sha',
  'ambiguous-ref',
  'unknown-commit',
  'impostor-commit',
  'not-understood',
  'undetermined',
])

function accuseVulnerable(
  own: OwnReference,
  detail: FindingDetail | undefined,
  { told, advisories, expansionOf }: Knowledge,
): Accusation[] {
  const inquiry = inquiryOf(own)
  const refs = inquiry === undefined ? undefined : told(inquiry.reference)
  if (inquiry === undefined || refs?.kind !== 'refs' || isStranger(detail)) return []
  const { reference, comment } = expandInquiry(inquiry, refs, expansionOf) ?? inquiry
  const label = comment.kind === 'prose' ? undefined : comment.label
  return judgeRun(reference, label, refs, listed(advisories)).flatMap((each) => accuseAt(own, each))
}

function judgeRun(
  reference: RemoteReference,
  label: string | undefined,
  refs: RepositoryRefs,
  vulnerabilities: readonly Vulnerability[],
): FindingDetail[] {
  const resolution = resolveRef(reference.ref, refs, undefined)
  if (resolution.kind !== 'commit' && resolution.kind !== 'tag-object') return []
  return judgeVulnerable({ reference, commit: resolution.commit, label, refs }, vulnerabilities)
}

/** A commit that is none of the repository's is no version of it, vulnerable or not. */
function isStranger(detail: FindingDetail | undefined): boolean {
  return detail?.code === 'impostor-commit' || detail?.code === 'unknown-commit'
}

function listed(advisories: Knowledge['advisories']): readonly Vulnerability[] {
  return advisories?.kind === 'advisories' ? advisories.vulnerabilities : []
}

/** Accuses repositories, each once, wherever it is used. */
function accuseRepositories(own: readonly OwnReference[], { told }: Knowledge): Accusation[] {
  const users = new Map<string, { readonly refs: RepositoryRefs; readonly by: OwnReference[] }>()
  for (const reference of own) {
    const inquiry = inquiryOf(reference)
    const refs = inquiry === undefined ? undefined : told(inquiry.reference)
    if (inquiry === undefined || refs?.kind !== 'refs') continue
    const key = repositoryKey(inquiry.reference)
    const known = users.get(key)
    if (known === undefined) users.set(key, { refs, by: [reference] })
    else known.by.push(reference)
  }
  return [...users.values()].flatMap(({ refs: { renamedTo, archived }, by }) => {
    const places = by.map(placeAt)
    return [
      ...(renamedTo === undefined
        ? []
        : [{ detail: { code: 'renamed', to: renamedTo }, places } as const]),
      ...(archived === true ? [{ detail: { code: 'archived' }, places } as const] : []),
    ]
  })
}

/** The edges of the own files, by file and position. */
function ownEdges(graphs: readonly Graph[]): ReadonlyMap<string, Edge> {
  return new Map(
    graphs.flatMap(({ nodes }) =>
      [...nodes.values()].flatMap((node) =>
        node.kind === 'file'
          ? node.edges.map((edge) => [keyOf(node.path, edge.position), edge] as const)
          : [],
      ),
    ),
  )
}

function edgeKey({ file, site }: OwnReference): string {
  return keyOf(file, site.position)
}

function keyOf(file: string, { line, column }: OwnReference['site']['position']): string {
  return `${line}:${column}:${file}`
}
