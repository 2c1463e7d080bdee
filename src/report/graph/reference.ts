import type { Edge, GraphNode, RemoteNode } from '../../walk/graph.ts'

/** A reference for people: a pin's forty digits say no more than twelve. */
export function shortenReference(reference: string): string {
  return reference.replace(/@([0-9a-f]{12})[0-9a-f]{28}$/i, '@$1')
}

/** A reference as it is shown, with its label where one is known: `actions/cache@0057852bfaa8 (v4.3.0)`. */
export function referenceText({ written, label }: Edge): string {
  const short = shortenReference(written)
  return label === undefined ? short : `${short} (${label})`
}

/** Words with every whole commit in twelve digits. */
export function shortenCommits(words: string): string {
  return words.replace(/\b([0-9a-f]{12})[0-9a-f]{28}\b/g, '$1')
}

/** A commit in twelve digits. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 12)
}

/** `owner/repo[/path]`. */
export function remoteName({ owner, repo, path }: RemoteNode): string {
  return path === '' ? `${owner}/${repo}` : `${owner}/${repo}/${path}`
}

/** A node for people: a file's path, or `owner/repo[/path]`. */
export function nodeName(node: GraphNode): string {
  return node.kind === 'file' ? node.path : remoteName(node)
}
