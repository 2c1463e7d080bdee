import { expandInquiry, shortenedIn } from '../../check/shortened.ts'
import type { ExpansionOf } from '../../resolve/connection.ts'
import type { Inquiry } from '../../resolve/question.ts'
import type { Told } from '../../resolve/resolve.ts'
import type { Connect, PlanFailure } from '../make-plan.ts'

/** What shortened SHAs are of. */
export interface Expanded {
  readonly kind: 'expanded'
  readonly expansionOf: ExpansionOf
  /** What is to be asked about the commits that shortened SHAs are of. */
  readonly inquiries: readonly Inquiry[]
}

/** Asks for the commits that shortened SHAs are of: none is asked for where a ref is called so. */
export async function expandAll(
  inquiries: readonly Inquiry[],
  told: Told['by'],
  connect: Connect,
): Promise<Expanded | PlanFailure> {
  const short = inquiries.flatMap((inquiry) => {
    const refs = told(inquiry.reference)
    const shortened = refs?.kind === 'refs' ? shortenedIn(inquiry.reference, refs) : undefined
    return refs?.kind !== 'refs' || shortened === undefined ? [] : [{ inquiry, refs, shortened }]
  })
  if (short.length === 0) return nothingExpanded
  const github = await connect()
  if ('kind' in github) return github
  const expansionOf = await github.expandShas(short.map(({ shortened }) => shortened))
  const expanded = short.flatMap(
    ({ inquiry, refs }) => expandInquiry(inquiry, refs, expansionOf) ?? [],
  )
  return { kind: 'expanded', expansionOf, inquiries: expanded }
}

const nothingExpanded: Expanded = {
  kind: 'expanded',
  expansionOf: () => ({ kind: 'unknown', detail: 'it was not asked for' }),
  inquiries: [],
}
