import { makePlan, type PlanOptions } from '../../src/commands/make-plan.ts'
import type { Decision } from '../../src/plan/decision.ts'
import type { FilePlan } from '../../src/plan/plan.ts'
import type { Policy } from '../../src/plan/policy.ts'
import type { GitHub } from '../../src/resolve/port.ts'
import { locate } from '../../src/yaml/locate.ts'

/** Plans one text as a command would, without a file. */
export async function planText(
  text: string,
  github: GitHub,
  options: Partial<PlanOptions & Policy> = {},
): Promise<FilePlan> {
  const located = locate(text)
  if (located.kind !== 'located') throw new Error(`not located: ${JSON.stringify(located)}`)
  const all = {
    selects: () => true,
    prefer: undefined,
    comments: 'after',
    isLocked: () => false,
    nested: false,
    ...options,
  } as const
  const made = await makePlan([{ path: 'ci.yml', located }], all, () => Promise.resolve(github))
  const [plan] = made.kind === 'plan' ? made.files : []
  if (plan === undefined) throw new Error(`no plan: ${JSON.stringify(made)}`)
  return plan
}

/** What became of each site: `line:column change`, or `line:column` and why it was left. */
export function outcomes(plan: FilePlan): string[] {
  return plan.sites.map(({ site, decision, change }) => {
    const { line, column } = site.position
    return `${line}:${column} ${decision.kind === 'pin' ? change : why(decision)}`
  })
}

function why(decision: Exclude<Decision, { kind: 'pin' }>): string {
  switch (decision.kind) {
    case 'vendored':
    case 'inside':
    case 'image':
      return decision.kind
    case 'exempt':
      return decision.exemption.kind
    case 'left':
      return problemOf(decision.problem)
  }
}

function problemOf(problem: Extract<Decision, { kind: 'left' }>['problem']): string {
  switch (problem.code) {
    case 'not-understood':
      return problem.fault
    case 'not-editable':
      return problem.reason
    case 'unresolved':
      return problem.resolution.kind
    case 'label-mismatch':
    case 'label-gone':
    case 'branch-denied':
    case 'not-vendored':
    case 'suspect':
      return problem.code
  }
}
