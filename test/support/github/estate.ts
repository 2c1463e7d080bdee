import { indexWorld, type Repository } from './repository.ts'
import type { World } from './world.ts'

/** Who asks: nobody, the owner of the good token, or somebody with a wrong one. */
export type Caller = 'anonymous' | 'user' | 'stranger'

type Lookup =
  | { readonly kind: 'found'; readonly repository: Repository }
  | { readonly kind: 'renamed'; readonly repository: Repository }
  /** The organization refuses the caller's token. */
  | { readonly kind: 'saml'; readonly repository: Repository }
  /** There is no such repository, or the caller may not know of it. */
  | { readonly kind: 'missing' }

/** All repositories of the local GitHub, by name and by id, and who may see them. */
export interface Estate {
  find(owner: string, name: string, caller: Caller): Lookup
  findById(id: number, caller: Caller): Lookup
}

export function createEstate(worlds: readonly World[]): Estate {
  const entries = worlds.map((world) => ({ world, repository: once(() => indexWorld(world)) }))
  type Entry = (typeof entries)[number]
  const current = new Map<string, Entry>()
  const former = new Map<string, Entry>()
  for (const entry of entries) {
    current.set(key(`${entry.world.owner}/${entry.world.name}`), entry)
    for (const name of entry.world.renamed_from ?? []) former.set(key(name), entry)
  }
  const byId = once(() => new Map(entries.map((entry) => [entry.repository().id, entry])))
  return {
    find(owner, name, caller) {
      const fullName = key(`${owner}/${name}`)
      const entry = current.get(fullName)
      if (entry) return admit(entry.repository(), caller, 'found')
      const renamed = former.get(fullName)
      return renamed ? admit(renamed.repository(), caller, 'renamed') : { kind: 'missing' }
    },
    findById(id, caller) {
      const entry = byId().get(id)
      return entry ? admit(entry.repository(), caller, 'found') : { kind: 'missing' }
    },
  }
}

function admit(repository: Repository, caller: Caller, kind: 'found' | 'renamed'): Lookup {
  const { world } = repository
  if (world.hidden) return { kind: 'missing' }
  if (world.private && caller !== 'user') return { kind: 'missing' }
  if (world.saml && caller === 'user') return { kind: 'saml', repository }
  return { kind, repository }
}

function key(fullName: string): string {
  return fullName.toLowerCase()
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
