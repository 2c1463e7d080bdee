import { parseAllDocuments } from 'yaml'
import type { World } from './github/worlds.ts'

/** What a repository runs, found by other means than the program's: plain recursion over recorded manifests. */
export interface RecordedVerdict {
  readonly verdict: 'passes' | 'blocked' | 'unknown'
  readonly chains: ReadonlySet<string>
  readonly unknown: ReadonlySet<string>
}

type Files = Readonly<Record<string, string>>

/** Where a text stands: in the repository itself, or in a world at a commit. */
interface Origin {
  readonly world: World
  readonly commit: string
}

interface Use {
  readonly text: string
  readonly isJob: boolean
}

/** Walks from the workflows of a repository's files. */
export function walkRecorded(files: Files, worlds: readonly World[]): RecordedVerdict {
  const byName = new Map(
    worlds.map((world) => [`${world.owner}/${world.name}`.toLowerCase(), world]),
  )
  const chains = new Set<string>()
  const unknown = new Set<string>()

  function descend(
    text: string,
    origin: Origin | undefined,
    above: string[],
    on: string[],
  ): boolean {
    const uses = usesIn(text)
    if (uses === undefined) return false
    for (const { text: reference, isJob } of uses) {
      const chain = [...above, reference]
      const blame = (set: Set<string>): unknown => set.add(JSON.stringify(chain))
      if (reference.startsWith('docker://')) continue
      const inside = /^[.$]\//.test(reference)
      if (inside && (origin === undefined || (reference.startsWith('./') && !isJob))) {
        const found = localFile(files, reference.slice(2), isJob)
        if (found === undefined) blame(unknown)
        else if (
          !on.includes(found) &&
          !descend(files[found] ?? '', undefined, chain, [...on, found])
        )
          blame(unknown)
        continue
      }
      const [name = '', ref] = reference.split('@')
      const [owner, repo, ...path] = inside
        ? ['', '', ...reference.slice(2).split('/')]
        : name.split('/')
      const world = inside ? origin?.world : byName.get(`${owner}/${repo}`.toLowerCase())
      if (
        !inside &&
        (ref === undefined || reference.split('@').length > 2 || reference.includes('${{'))
      ) {
        blame(unknown)
        continue
      }
      const isSha = /^[0-9a-f]{40}$/i.test(ref ?? '')
      const named = world === undefined || ref === undefined ? undefined : commitOf(world, ref)
      const commit = inside ? origin?.commit : isSha ? ref?.toLowerCase() : named?.commit
      const blocked = !inside && !isJob && !isSha
      if (blocked) blame(chains)
      const manifest =
        world && commit ? manifestOf(world, commit, path.join('/'), isJob) : undefined
      const open = isJob && !inside && !isSha && named?.isBranch !== false
      if (!blocked && (manifest === undefined || open)) blame(unknown)
      if (manifest === undefined || manifest === 'leaf' || !world || !commit) continue
      const key = `${world.owner}/${world.name}/${path.join('/')}@${commit}`.toLowerCase()
      if (on.includes(key)) continue
      if (!descend(manifest, { world, commit }, chain, [...on, key]) && !blocked) blame(unknown)
    }
    return true
  }

  for (const [path, text] of Object.entries(files))
    if (
      /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path) &&
      !descend(text, undefined, [path], [path])
    )
      unknown.add(JSON.stringify([path]))
  const verdict = chains.size > 0 ? 'blocked' : unknown.size > 0 ? 'unknown' : 'passes'
  return { verdict, chains, unknown }
}

/**
 * The images without a digest that run below the references of a repository's files: `file reference → image`, as written, where the
 * reference is the one that leads out of the repository.
 */
export function imagesBelow(files: Files, worlds: readonly World[]): ReadonlySet<string> {
  const byName = new Map(
    worlds.map((world) => [`${world.owner}/${world.name}`.toLowerCase(), world]),
  )
  const found = new Set<string>()

  function descend(use: Use, origin: Origin | undefined, label: string, on: string[]): void {
    const { text: reference, isJob } = use
    const isSelf = reference.startsWith('$/') || (reference.startsWith('./') && isJob)
    if (/^(?:docker:|[.$]\/)/.test(reference) && (origin === undefined || !isSelf)) return
    const [name = '', ref = ''] = reference.split('@')
    const [owner, repo, ...path] = isSelf
      ? ['', '', ...reference.slice(2).split('/')]
      : name.split('/')
    const world = isSelf ? origin?.world : byName.get(`${owner}/${repo}`.toLowerCase())
    if (world === undefined) return
    const isSha = /^[0-9a-f]{40}$/i.test(ref)
    const commit = isSelf
      ? origin?.commit
      : isSha
        ? ref.toLowerCase()
        : commitOf(world, ref)?.commit
    const manifest = commit && manifestOf(world, commit, path.join('/'), isJob)
    const key = `${world.owner}/${world.name}/${path.join('/')}@${commit}`.toLowerCase()
    if (!commit || !manifest || on.includes(key)) return
    for (const image of imagesIn(manifest))
      if (!/@sha256:[0-9a-f]{64}$/.test(image)) found.add(`${label} → ${image}`)
    for (const below of usesIn(manifest) ?? [])
      descend(below, { world, commit }, label, [...on, key])
  }

  for (const [file, text] of Object.entries(files))
    for (const use of usesIn(text) ?? []) descend(use, undefined, `${file} ${use.text}`, [])
  return found
}

/** What runs as an image by a text, as written. */
function imagesIn(text: string): string[] {
  const documents = parseAllDocuments(text, { logLevel: 'silent' })
  const tops = Array.isArray(documents) ? documents.map((document): unknown => document.toJS()) : []
  return tops.flatMap((top) => {
    const jobs = Object.values(asObject(get(top, 'jobs')))
    const boxes = jobs.flatMap((job) => [
      get(job, 'container'),
      ...Object.values(asObject(get(job, 'services'))),
    ])
    const named = boxes.map((box) => (typeof box === 'string' ? box : get(box, 'image')))
    const steps = (usesIn(text) ?? []).map(({ text: reference }): unknown => reference)
    const docker = [get(get(top, 'runs'), 'image'), ...steps].filter(
      (image) => typeof image === 'string' && image.startsWith('docker://'),
    )
    return [...named, ...docker].flatMap((image) =>
      typeof image === 'string' && image !== '' ? [image] : [],
    )
  })
}

/** The references of a text; `undefined` where it is no workflow and no action. */
function usesIn(text: string): Use[] | undefined {
  const documents = parseAllDocuments(text, { logLevel: 'silent' })
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0))
    return undefined
  const tops = documents.map((document): unknown => document.toJS())
  if (!tops.some((top) => get(top, 'jobs') !== undefined || get(top, 'runs') !== undefined))
    return undefined
  return tops.flatMap((top) => [
    ...Object.values(asObject(get(top, 'jobs'))).flatMap((job) => [
      ...usesOf(get(job, 'uses'), true),
      ...stepsOf(get(job, 'steps')),
    ]),
    ...stepsOf(get(get(top, 'runs'), 'steps')),
  ])
}

function stepsOf(steps: unknown): Use[] {
  if (!Array.isArray(steps)) return []
  return steps.flatMap((step: unknown) => [
    ...usesOf(get(step, 'uses'), false),
    ...stepsOf(get(step, 'parallel')),
  ])
}

function usesOf(value: unknown, isJob: boolean): Use[] {
  return typeof value === 'string' ? [{ text: value.trim(), isJob }] : []
}

function get(value: unknown, key: string): unknown {
  return asObject(value)[key]
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {}
}

function localFile(files: Files, path: string, isJob: boolean): string | undefined {
  const folder = path.replace(/\/+$/, '')
  const names = isJob ? [folder] : [`${folder}/action.yml`, `${folder}/action.yaml`]
  return names.find((name) => files[name] !== undefined)
}

function commitOf(world: World, ref: string): { commit: string; isBranch: boolean } | undefined {
  const tag = world.tags?.[ref]?.commit
  const branch = world.heads?.[ref]
  if (tag !== undefined && branch !== undefined && tag !== branch) return undefined
  if (tag !== undefined) return { commit: tag, isBranch: false }
  return branch === undefined ? undefined : { commit: branch, isBranch: true }
}

function manifestOf(
  world: World,
  commit: string,
  path: string,
  isJob: boolean,
): string | undefined {
  const below = path === '' ? '' : `${path}/`
  const names = isJob ? [path] : [`${below}action.yml`, `${below}action.yaml`]
  for (const name of names) {
    const blob = world.manifests?.[commit]?.[name]
    if (blob !== undefined) return world.blobs?.[blob]
  }
  const docker = [`${below}Dockerfile`, `${below}dockerfile`]
  return world.dockerfiles?.[commit]?.some((file) => docker.includes(file)) ? 'leaf' : undefined
}
