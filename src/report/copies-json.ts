import type { CopiesResult } from '../remedy/copies.ts'

/** What was copied into the repository, as data. */
export function copiesJson({ repositories, outcome }: CopiesResult): object[] {
  return repositories.map(({ folder, owner, repo, commit, actions, files, notes }) => ({
    folder,
    source: `${owner}/${repo}`,
    commit,
    actions,
    outcome,
    changedFiles: files,
    notes,
  }))
}
