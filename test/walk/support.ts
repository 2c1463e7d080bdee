import { connect } from '../../src/github/connection/connect.ts'
import type { GitHub } from '../../src/resolve/port.ts'
import { walk, type Root } from '../../src/walk/walk.ts'
import { judge, type Verdict } from '../../src/walk/verdict.ts'
import type { Graph } from '../../src/walk/graph.ts'
import type { Workspace } from '../../src/walk/workspace.ts'
import { locate, type LocatedFile } from '../../src/yaml/locate.ts'
import { verdictJson } from '../../src/report/verdict/json.ts'
import type { LocalGitHub } from '../support/github/server.ts'

/** The workflow that walks begin at. */
export const CI = '.github/workflows/ci.yml'

/** A workflow with these steps, and these called workflows. */
export function workflow(steps: readonly string[], calls: readonly string[] = []): string {
  const called = calls.map((call, n) => `  call${n}: { uses: '${call}' }\n`).join('')
  return `jobs:\n${called}  all: { steps: [${steps.map((uses) => `{ uses: '${uses}' }`).join(', ')}] }\n`
}

/** A composite action with these steps. */
export function composite(...steps: readonly string[]): string {
  return `runs:\n  using: composite\n  steps:\n${steps.map((uses) => `    - uses: '${uses}'\n`).join('')}`
}

export interface WalkResult {
  readonly graph: Graph
  readonly verdict: Verdict
  /** The chains to blame, and those that end in the unknown, as JSON output has them. */
  readonly chains: readonly (readonly string[])[]
  readonly unknown: readonly (readonly string[])[]
}

/** Walks from `CI` among the files of a workspace, over real HTTP. */
export async function walkFrom(
  github: LocalGitHub,
  files: Readonly<Record<string, string>>,
  how: 'api' | 'git' = 'api',
): Promise<WalkResult> {
  const located = new Map(Object.entries(files).map(([path, text]) => [path, mustLocate(text)]))
  const root: Root[] = [...located].flatMap(([path, each]) =>
    path.startsWith('.github/workflows/') && path.endsWith('ci.yml')
      ? [{ path, located: each }]
      : [],
  )
  const walked = await walk(root, workspaceOf(located), await portTo(github, how))
  if (walked.kind !== 'walked') throw new Error(JSON.stringify(walked))
  const verdict = judge(walked.graph, [])
  const { chains, unknown } = verdictJson(verdict)
  return { graph: walked.graph, verdict, chains, unknown }
}

async function portTo(github: LocalGitHub, how: 'api' | 'git'): Promise<GitHub> {
  const port = await connect({
    env: github.env,
    token: how === 'api' ? github.token : undefined,
    resolver: how,
    fallbackHost: undefined,
    maxWait: 0,
    version: 'test',
    cache: 'off',
    gh: () => Promise.resolve(undefined),
  })
  if ('kind' in port) throw new Error(port.message)
  return port
}

function workspaceOf(files: ReadonlyMap<string, LocatedFile>): Workspace {
  return {
    open: ({ leadsTo, path }) => {
      const names = leadsTo === 'workflow' ? [path] : [`${path}/action.yml`, `${path}/action.yaml`]
      for (const name of names) {
        const located = files.get(name)
        if (located !== undefined) return Promise.resolve({ kind: 'located', path: name, located })
      }
      return Promise.resolve({ kind: 'missing', tried: names })
    },
  }
}

function mustLocate(text: string): LocatedFile {
  const located = locate(text)
  if (located.kind !== 'located') throw new Error(`not located: ${text}`)
  return located
}
