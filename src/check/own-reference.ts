import type { SiteComment } from '../domain/comment.ts'
import type { Inquiry } from '../resolve/question.ts'
import { commentFor, groupByLabelLine, type LabelGroup } from '../plan/label-group.ts'
import type { FileToPlan } from '../plan/plan.ts'
import type { OwnPlace } from './accusation.ts'

/** A site in one of the repository's own files, with what the comment of its line says of it. */
export interface OwnReference extends OwnPlace {
  readonly comment: SiteComment
  /** The sites that share the comment; `undefined` where it can have no label. */
  readonly group: LabelGroup | undefined
}

/** Every site of the files, in the order of the files and of their texts. */
export function ownReferences(files: readonly FileToPlan[]): OwnReference[] {
  return files.flatMap(({ path, located }) => {
    const groups = new Map(
      groupByLabelLine(located.sites).flatMap((group) =>
        group.sites.map((site) => [site, group] as const),
      ),
    )
    return located.sites.map((site): OwnReference => {
      const group = groups.get(site)
      const comment: SiteComment = group === undefined ? { kind: 'prose' } : commentFor(site, group)
      return { file: path, located, site, comment, group }
    })
  })
}

/** What is to be asked about a site; `undefined` where it names no repository. */
export function inquiryOf({ site: { reference }, comment }: OwnReference): Inquiry | undefined {
  return typeof reference === 'object' && 'ref' in reference ? { reference, comment } : undefined
}
