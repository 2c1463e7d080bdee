import type { HostFailure } from '../domain/outcome.ts'
import type { UsageFault } from '../github/usage.ts'
import {
  draftFile,
  planFile,
  type FileDraft,
  type FilePlan,
  type FileToPlan,
  type FindCopy,
} from '../plan/plan.ts'
import type { Policy } from '../plan/policy.ts'
import type { Connection } from '../resolve/connection.ts'
import type { GitHub } from '../resolve/port.ts'
import type { Preference } from '../resolve/resolution.ts'
import { noAnswers, resolve, type Answers } from '../resolve/resolve.ts'

/** Makes the connection to GitHub; called only if there is something to ask. */
export type Connect<C = Connection> = () => Promise<C | UsageFault>

/** How references are to be pinned. */
export interface PlanOptions {
  /** Whether an action, as `owner/repo[/path]`, is to be pinned. */
  readonly selects: Policy['selects']
  /** Which is meant where a tag and a branch of one name are different commits. */
  readonly prefer: Preference
  readonly comments: Policy['comments']
  readonly reasonToIgnore?: Policy['reasonToIgnore']
  readonly branches?: Policy['branches']
}

/** Plans for all files. */
export interface Plans {
  readonly kind: 'plan'
  readonly files: readonly FilePlan[]
  /** What they were made of, so that they can be made anew with other answers. */
  readonly drafts: readonly FileDraft[]
  readonly answers: Answers
}

/** Why there is no plan. */
export type PlanFailure =
  | UsageFault
  | { readonly kind: 'host-failure'; readonly failure: HostFailure }

/** Decides what becomes of every site of all files, and plans and checks the edits. */
export async function makePlan(
  files: readonly FileToPlan[],
  options: PlanOptions & Pick<Policy, 'isLocked'> & { readonly nested: boolean },
  connect: Connect<GitHub>,
): Promise<Plans | PlanFailure> {
  const drafts = files.map((file) => draftFile(file, options))
  const inquiries = drafts.flatMap(({ open }) => [...open.values()])
  if (inquiries.length === 0) return planDrafts(drafts, noAnswers, options)
  const github = await connect()
  if ('kind' in github) return github
  const answers = await resolve(github, inquiries, options.prefer, options.nested)
  return answers.kind === 'answers'
    ? planDrafts(drafts, answers, options)
    : { kind: 'host-failure', failure: answers }
}

/** Plans and checks the edits of all files, now that it is known what their references name. */
export function planDrafts(
  drafts: readonly FileDraft[],
  answers: Answers,
  policy: Policy,
  findCopy?: FindCopy,
): Plans {
  const files = drafts.map((draft) => planFile(draft, answers, policy, findCopy))
  return { kind: 'plan', files, drafts, answers }
}
