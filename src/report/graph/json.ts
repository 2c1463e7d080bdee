import type { Edge, GraphNode, Target } from '../../walk/graph.ts'
import type { GraphReport } from './text.ts'
import { problemWords } from '../problem-words.ts'
import { verdictJson } from '../verdict/json.ts'
import { reasonWords } from '../verdict/unknown-words.ts'

/** A graph as JSON, with a final line end. Lines and columns count from 1. */
export function formatGraphJson({ graph, verdict, problems }: GraphReport): string {
  const nodes = [...graph.nodes.values()]
  const value = {
    version: 1,
    command: 'graph',
    ...verdictJson(verdict),
    roots: graph.roots,
    nodes: nodes.map(nodeJson),
    edges: nodes.flatMap(({ key, edges }) => edges.map((edge) => edgeJson(key, edge))),
    problems: problems.map((problem) => {
      const { what, why, next } = problemWords(problem)
      const position = 'position' in problem ? problem.position : undefined
      return {
        code: problem.code,
        file: problem.file,
        ...position,
        message: what,
        why,
        help: next,
      }
    }),
  }
  return `${JSON.stringify(value, undefined, 2)}\n`
}

function nodeJson(node: GraphNode): object {
  switch (node.kind) {
    case 'file':
      return { key: node.key, kind: node.kind, path: node.path }
    case 'remote': {
      const { key, kind, owner, repo, path, commit } = node
      return { key, kind, owner, repo, path, commit }
    }
  }
}

function edgeJson(from: string, edge: Edge): object {
  const { position, written, standing, target } = edge
  const { line, column } = position
  return {
    from,
    line,
    column,
    reference: written,
    label: edge.label,
    standing,
    target: targetJson(target, edge),
  }
}

function targetJson(target: Target, edge: Edge): object {
  switch (target.kind) {
    case 'node':
      return target
    case 'leaf':
      return { kind: target.kind, what: target.what }
    case 'unknown':
      return { ...target, message: reasonWords(target.reason, edge.written) }
  }
}
