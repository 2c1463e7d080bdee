import type { HostFailure } from '../domain/outcome.ts'
import type { UsageFault } from '../github/usage.ts'
import { draftFile, planFile, type FilePlan, type FileToPlan } from '../plan/plan.ts'
import type { Policy } from '../plan/policy.ts'
import type { GitHub } from '../resolve/port.ts'
import type { Preference } from '../resolve/resolution.ts'
import { noAnswers, resolve } from '../resolve/resolve.ts'

/** Makes the connection to GitHub; called only if there is something to ask. */
export type Connect = () => Promise<GitHub | UsageFault>

/** How references are to be pinned. */
export interface PlanOptions {
  /** Whether an action, as `owner/repo[/path]`, is to be pinned. */
  readonly selects: Policy['selects']
  /** Which is meant where a tag and a branch of one name are different commits. */
  readonly prefer: Preference
  readonly comments: Policy['comments']
}

/** Plans for all files. */
export interface Plans {
  readonly kind: 'plan'
  readonly files: readonly FilePlan[]
}

/** Why there is no plan. */
export type PlanFailure =
  | UsageFault
  | { readonly kind: 'host-failure'; readonly failure: HostFailure }

/** Decides what becomes of every site of all files, and plans and checks the edits. */
export async function makePlan(
  files: readonly FileToPlan[],
  options: PlanOptions & Pick<Policy, 'isLocked'> & { readonly nested: boolean },
  connect: Connect,
): Promise<Plans | PlanFailure> {
  const drafts = files.map((file) => draftFile(file, options))
  const inquiries = drafts.flatMap(({ open }) => [...open.values()])
  const finish = (answers: typeof noAnswers): Plans => ({
    kind: 'plan',
    files: drafts.map((draft) => planFile(draft, answers, options)),
  })
  if (inquiries.length === 0) return finish(noAnswers)
  const github = await connect()
  if ('kind' in github) return github
  const answers = await resolve(github, inquiries, options.prefer, options.nested)
  return answers.kind === 'answers' ? finish(answers) : { kind: 'host-failure', failure: answers }
}
