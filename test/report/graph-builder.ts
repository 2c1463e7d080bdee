import { parseCommitSha, type CommitSha } from '../../src/domain/sha.ts'
import type { Edge, Graph, GraphNode, Standing, Target } from '../../src/walk/graph.ts'
import { judge } from '../../src/walk/verdict.ts'
import type { GraphReport } from '../../src/report/graph/text.ts'

/** What a node uses: the reference, and beside it what it leads to where that is not a node of the same key. */
export interface Use {
  readonly written: string
  readonly to: string | Target
  readonly standing: Standing
  readonly label?: string
}

/** A reference that leads to a node. Its standing is by its looks, unless told. */
export function use(written: string, to: string | Target = written, standing?: Standing): Use {
  return { written, to, standing: standing ?? standingOf(written) }
}

/** A pin with its label. */
export function pin(written: string, label: string): Use {
  return { ...use(written), label }
}

/** A made-up commit: the digits again and again. */
export function commit(digits: string): CommitSha {
  const sha = parseCommitSha(digits.repeat(40).slice(0, 40))
  if (sha === undefined) throw new Error(`not hexadecimal: ${digits}`)
  return sha
}

/**
 * A graph in shorthand, by its nodes' keys. Keys with an `@` are remote, the others files, and those below
 * `.github/workflows` its roots. The first reference of a node stands in line 10, the next in line 11.
 */
export function graphOf(nodes: Readonly<Record<string, readonly Use[]>>): Graph {
  const made = Object.entries(nodes).map(([key, uses]) => makeNode(key, uses))
  return {
    nodes: new Map(made.map((node) => [node.key, node])),
    roots: made
      .filter(({ kind, key }) => kind === 'file' && key.startsWith('.github/workflows/'))
      .map(({ key }) => key),
  }
}

/** A graph with its verdict. */
export function reportOf(graph: Graph, problems: GraphReport['problems'] = []): GraphReport {
  const unread = problems.map(({ file, code }) => ({ file, detail: `it is not read (${code})` }))
  return { graph, verdict: judge(graph, unread), problems }
}

function makeNode(key: string, uses: readonly Use[]): GraphNode {
  const edges = uses.map((each, index) => makeEdge(each, 10 + index))
  const [name = '', ref] = key.split('@')
  if (ref === undefined) return { kind: 'file', key, path: key, edges }
  const [owner = '', repo = '', ...path] = name.split('/')
  const sha = parseCommitSha(ref)
  if (sha === undefined) throw new Error(`not a commit: ${key}`)
  return { kind: 'remote', key, owner, repo, path: path.join('/'), commit: sha, edges }
}

function makeEdge({ written, to, standing, label }: Use, line: number): Edge {
  return {
    position: { line, column: 15 },
    written,
    standing,
    target: typeof to === 'string' ? { kind: 'node', key: to } : to,
    label,
  }
}

function standingOf(written: string): Standing {
  if (/^(?:\.\/|\$\/|docker:)/.test(written)) return 'exempt'
  return /@[0-9a-f]{40}$/.test(written) ? 'pinned' : 'unpinned'
}
