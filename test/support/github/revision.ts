import { objectAt, type CommitObject, type GitObject, type TagObject } from './git-object.ts'
import type { Repository } from './repository.ts'

/**
 * What a git revision expression names, or `undefined`. Understood are `HEAD`, full and short ref
 * names, object ids (4 digits or more, if unique), `^{}`, `^{commit}`, `^{tag}`, `^{object}` and
 * `<rev>:<path>`; an expression with any other operator names nothing.
 */
export function resolveRevision(repository: Repository, expression: string): GitObject | undefined {
  const colon = expression.indexOf(':')
  if (colon < 0) return resolvePeeled(repository, expression)
  const object = resolvePeeled(repository, expression.slice(0, colon))
  const commit = object && peel(repository, object)
  return commit && objectAt(repository, commit, expression.slice(colon + 1))
}

/** The commit that an expression names, through tags of tags. */
export function resolveCommit(repository: Repository, rev: string): CommitObject | undefined {
  const object = resolvePeeled(repository, rev)
  return object && peel(repository, object)
}

/** An object by its full id. */
export function objectById(
  repository: Repository,
  oid: string,
): CommitObject | TagObject | undefined {
  return repository.commit(oid) ?? repository.tag(oid)
}

function resolvePeeled(repository: Repository, rev: string): CommitObject | TagObject | undefined {
  const match = /^(.*)\^\{(commit|tag|object|)\}$/s.exec(rev)
  if (!match) return resolveName(repository, rev)
  const object = resolvePeeled(repository, match[1] ?? '')
  if (!object) return undefined
  const [, , type] = match
  if (type === 'object') return object
  if (type === 'tag') return object.kind === 'tag' ? object : undefined
  return peel(repository, object)
}

/** The order of gitrevisions(7): the name itself, then tags, then branches; ids come first. */
function resolveName(repository: Repository, name: string): CommitObject | TagObject | undefined {
  if (/^[0-9a-f]{40}$/i.test(name)) return objectById(repository, name.toLowerCase())
  const full = name === 'HEAD' ? `refs/heads/${repository.defaultBranch}` : name
  const ref = [full, `refs/${full}`, `refs/tags/${full}`, `refs/heads/${full}`]
    .filter((candidate) => candidate.startsWith('refs/'))
    .map((candidate) => repository.ref(candidate))
    .find((found) => found !== undefined)
  if (ref) return objectById(repository, ref.object)
  if (!/^[0-9a-f]{4,39}$/i.test(name)) return undefined
  const [only, ...others] = repository.startingWith(name.toLowerCase())
  return others.length === 0 ? only : undefined
}

function peel(repository: Repository, object: GitObject): CommitObject | undefined {
  switch (object.kind) {
    case 'commit':
      return object
    case 'tag': {
      const target = objectById(repository, object.target)
      return target && peel(repository, target)
    }
    case 'blob':
    case 'tree':
      return undefined
  }
}
