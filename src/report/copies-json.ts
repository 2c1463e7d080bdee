import type { CopiesResult } from '../remedy/vendor/copies.ts'

/** What was copied into the repository, as data. */
export function copiesJson({ repositories, unused, removals, outcome }: CopiesResult): object[] {
  const gone = unused.map(({ folder, owner, repo, commit }) => ({
    folder,
    source: `${owner}/${repo}`,
    commit,
    actions: [],
    outcome,
    changedFiles: removals.filter(({ path }) => path.startsWith(`${folder}/`)).length,
    notes: [],
    unused: true,
  }))
  const copied = repositories.map(
    ({ folder, owner, repo, commit, actions, files, notes, unmarked }) => ({
      folder,
      source: `${owner}/${repo}`,
      commit,
      actions,
      outcome,
      changedFiles: files,
      notes,
      ...(unmarked.length > 0 ? { unmarked } : {}),
    }),
  )
  return [...copied, ...gone]
}
