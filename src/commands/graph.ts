import type { DiscoveryFault } from '../apply/discover.ts'
import type { FileProblem } from '../domain/problem.ts'
import type { Graph } from '../walk/graph.ts'
import { judge, type Verdict } from '../walk/verdict.ts'
import { questionsAbout, type AskPlaces } from '../walk/question.ts'
import { walk, type Root } from '../walk/walk.ts'
import type { LocatedFile } from '../yaml/locate.ts'
import { rememberConnection } from './connection.ts'
import type { Connect, PlanFailure } from './make-plan.ts'
import { readSources, type SourceOptions, type Sources } from './sources.ts'
import { openWorkspace } from './workspace.ts'

/** Everything that a repository runs, and what GitHub's SHA policy makes of it. */
export interface GraphResult {
  readonly kind: 'graph'
  readonly graph: Graph
  readonly verdict: Verdict
  /** Files that could not be read or understood: what they run is not in the graph. */
  readonly problems: readonly FileProblem[]
}

/** Walks from the workflows of the files to everything they run. */
export async function graph(
  options: SourceOptions,
  connect: Connect,
): Promise<GraphResult | DiscoveryFault | PlanFailure> {
  const sources = await readSources(options)
  if (sources.kind === 'usage') return sources
  const files = new Map(sources.files.map(({ path, located }) => [path, located]))
  return walkFiles(sources, files, rememberConnection(connect))
}

/**
 * Walks from the workflows among the files; those are as they are, or as a plan will leave them.
 * @param made actions' manifests that are to stand there, by their paths below the root
 * @param ask what is asked of what they lead to
 */
export async function walkFiles(
  { found, problems }: Sources,
  files: ReadonlyMap<string, LocatedFile>,
  connect: Connect,
  made: ReadonlyMap<string, LocatedFile> = new Map(),
  ask: AskPlaces = questionsAbout,
): Promise<GraphResult | PlanFailure> {
  const roots = [...files].flatMap(([path, located]): Root[] =>
    isWorkflow(path) ? [{ path, located }] : [],
  )
  if (roots.length === 0) return judged({ nodes: new Map(), roots: [] }, problems)
  const github = await connect()
  if ('kind' in github) return github
  const walked = await walk(roots, openWorkspace(found, files, made), github, ask)
  if (walked.kind !== 'walked') return { kind: 'host-failure', failure: walked }
  return judged(walked.graph, problems)
}

/** Where it could not be asked once more what the workflows of a run do. */
export function unjudged({ files, problems }: Sources): GraphResult {
  const unread = files.flatMap(({ path }) =>
    isWorkflow(path) ? [{ file: path, detail: 'what it runs could not be asked for again' }] : [],
  )
  const walked = { nodes: new Map(), roots: [] }
  return { kind: 'graph', graph: walked, verdict: judge(walked, unread), problems }
}

function judged(walked: Graph, problems: readonly FileProblem[]): GraphResult {
  const unread = problems.flatMap(({ file, code }) =>
    isWorkflow(file) ? [{ file, detail: `it could not be read (${code})` }] : [],
  )
  return { kind: 'graph', graph: walked, verdict: judge(walked, unread), problems }
}

function isWorkflow(path: string): boolean {
  return /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/.test(path)
}
