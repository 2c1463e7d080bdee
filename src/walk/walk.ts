import { parseComment } from '../domain/comment.ts'
import type { HostFailure } from '../domain/outcome.ts'
import type { GitHub } from '../resolve/port.ts'
import type { LocatedFile, Site } from '../yaml/locate.ts'
import { destinationOf, type RepositoryPlace } from './destination.ts'
import { followInRepository, type Followed } from './follow.ts'
import type { Edge, Graph, GraphNode, NodeKey, Target } from './graph.ts'
import { questionsAbout, type AskPlaces } from './question.ts'
import { standingOf } from './standing.ts'
import { makeAgenda, type Agenda, type Visit } from './visit.ts'
import type { Workspace, WorkspaceFile } from './workspace.ts'

/** A workflow to begin at. */
export interface Root {
  readonly path: string
  readonly located: LocatedFile
}

/** What a walk found. */
export interface Walked {
  readonly kind: 'walked'
  readonly graph: Graph
}

/**
 * Walks from the workflows through everything they run, breadth first. A level costs one round of questions, whatever the
 * number of actions; files of the workspace cost none. A node is read once, so cycles end.
 * @param ask what is asked of each level: its manifests alone, or what there is to know of its refs, too
 */
export async function walk(
  roots: readonly Root[],
  workspace: Workspace,
  github: GitHub,
  ask: AskPlaces = questionsAbout,
): Promise<Walked | HostFailure> {
  const nodes = new Map<NodeKey, GraphNode>()
  const agenda = makeAgenda(roots.map(visitRoot))
  for (let level = agenda.take(); level.length > 0; level = agenda.take()) {
    const { visits, steps } = await openWorkspace(level, agenda, workspace)
    const questions = ask(steps.flatMap(({ place }) => (place === undefined ? [] : [place])))
    const answers = questions.length === 0 ? noAnswers : await github.lookUp(questions)
    if (answers.kind !== 'answers') return answers
    const edges = new Map(visits.map((visit): [Visit, Edge[]] => [visit, []]))
    for (const { visit, site, place, target } of steps) {
      const followed: Followed =
        place === undefined
          ? { target, namesBranch: false }
          : followInRepository(visit, place, answers.repositories, agenda)
      edges.get(visit)?.push(makeEdge(site, followed))
    }
    for (const [{ head }, of] of edges) nodes.set(head.key, { ...head, edges: of })
  }
  return { kind: 'walked', graph: { nodes, roots: roots.map(({ path }) => path) } }
}

const noAnswers = { kind: 'answers', repositories: new Map<string, never>() } as const

/** One site of a visited node: a place that has to be asked for, or what it leads to. */
type Step = { readonly visit: Visit; readonly site: Site } & (
  | { readonly place: RepositoryPlace; readonly target: undefined }
  | { readonly place: undefined; readonly target: Target }
)

/** Follows what stays in the workspace, file after file: for that nobody has to be asked. */
async function openWorkspace(
  level: readonly Visit[],
  agenda: Agenda,
  workspace: Workspace,
): Promise<{ readonly visits: readonly Visit[]; readonly steps: readonly Step[] }> {
  const visits: Visit[] = []
  const steps: Step[] = []
  for (let open = level; open.length > 0; open = agenda.take()) {
    visits.push(...open)
    for (const visit of open)
      for (const site of visit.located.sites)
        steps.push(await takeStep(visit, site, agenda, workspace))
  }
  return { visits, steps }
}

async function takeStep(
  visit: Visit,
  site: Site,
  agenda: Agenda,
  workspace: Workspace,
): Promise<Step> {
  const destination = destinationOf(site, visit.origin)
  switch (destination.kind) {
    case 'known':
      return { visit, site, place: undefined, target: destination.target }
    case 'repository':
      return { visit, site, place: destination, target: undefined }
    case 'workspace': {
      const { reference } = destination
      const target = openFile(visit, reference.leadsTo, await workspace.open(reference), agenda)
      return { visit, site, place: undefined, target }
    }
  }
}

function openFile(above: Visit, is: Visit['is'], file: WorkspaceFile, agenda: Agenda): Target {
  switch (file.kind) {
    case 'located': {
      const { path, located } = file
      return agenda.enter(above, is, path, () => ({
        head: { kind: 'file', key: path, path },
        located,
        origin: { kind: 'workspace' },
      }))
    }
    case 'dockerfile':
      return { kind: 'leaf', what: 'dockerfile' }
    case 'missing':
      return { kind: 'unknown', reason: { kind: 'not-in-workspace', tried: file.tried } }
    case 'copy-missing':
    case 'unreadable':
      return { kind: 'unknown', reason: file }
  }
}

function visitRoot({ path, located }: Root): Visit {
  return {
    head: { kind: 'file', key: path, path },
    located,
    origin: { kind: 'workspace' },
    is: 'workflow',
    depth: 0,
  }
}

function makeEdge(
  { position, text, reference, labelLine }: Site,
  { target, namesBranch }: Followed,
): Edge {
  const comment = parseComment(labelLine.comment?.text ?? '')
  const label = comment.kind === 'label' ? comment.label : undefined
  return { position, written: text, label, standing: standingOf(reference, namesBranch), target }
}
