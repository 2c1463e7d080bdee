/**
 * What GitHub says in "Set up job" where a run uses what its policy does not allow. How it lists three to five is not
 * documented; more than five end so: `a, b, c, d, e, and 1 other`.
 * @param references as written
 * @param repository whose run it is
 */
export function policyMessage(references: readonly string[], repository: string): string {
  const one = references.length === 1
  const [subject, verb] = one ? ['The action', 'is'] : ['The actions', 'are']
  return `${subject} ${listed(references)} ${verb} not allowed in ${repository} because all actions must be pinned to a full-length commit SHA.`
}

function listed(references: readonly string[]): string {
  if (references.length <= 2) return references.join(' and ')
  const others = references.length - MOST
  if (others <= 0) return `${references.slice(0, -1).join(', ')}, and ${references.at(-1)}`
  return `${references.slice(0, MOST).join(', ')}, and ${others} ${others === 1 ? 'other' : 'others'}`
}

const MOST = 5
