import type { CarriedIgnore, CarriedOver } from './pinact.ts'

/**
 * A configuration to begin with: every key, each as a comment that says what it does, and what was carried over.
 * @param version pinsmith's own, whose schema editors are to check it by
 */
export function configTemplate(version: string, carried: CarriedOver | undefined): string {
  const parts = [
    `# yaml-language-server: $schema=https://unpkg.com/pinsmith@${version}/schema/pinsmith.schema.json

# How pinsmith pins and checks this repository. Every key may be left out. What stands here as a
# comment is an example: take its # away to use it.

version: 1`,
    ignorePart(carried),
    LEVELS,
    OWNERS,
    BRANCHES,
    cooldownPart(carried),
    COMMENTS,
  ]
  return `${parts.join('\n\n')}\n`
}

const LEVELS = `# How strict each finding of \`pinsmith check\` is taken: error, warning, note or off. Errors and
# warnings fail a check.
# levels:
#   label-vague: off
#   archived: warning`

const OWNERS = `# Whose actions may be used, as globs of owners.
# owners: [actions, github, my-*]`

const BRANCHES = `# Whether a branch may be pinned to its tip, and whether an image may be used without a digest.
# branches: deny
# images: deny`

const COMMENTS = `# Where your own comment on a line goes: after the label, or on a line of its own above.
# comments: above`

const ABOUT_IGNORES = `# Actions that are left as they are, each with its reason. An action is a glob of owner/repo or
# owner/repo/path; one that names a repository means everything in it. With @ and a glob of refs
# behind it, it means those refs alone. An entry counts until the day that it expires, and for all
# findings unless it names some; only for all findings is the action not pinned either.`

const ABOUT_CARRIED = `# What pinact ignores it does not pin, nor does it look at the version beside it; it looks for
# nothing else. Here an entry also silences what is worse, such as a commit that comes from a fork.
# To hear of that, name what is not to be reported, as in findings: [unpinned, label-missing]; but
# then pinsmith pins the action.`

const EXAMPLE = `# ignore:
#   - action: 'my-org/**@main'
#     reason: we own these, and test them together
#     expires: 2030-01-31
#     findings: [unpinned, nested-unpinned]`

function ignorePart(carried: CarriedOver | undefined): string {
  if (carried === undefined || carried.ignores.length === 0) return `${ABOUT_IGNORES}\n${EXAMPLE}`
  const { from, ignores } = carried
  const entries = ignores.map((ignore) => ignoreEntry(ignore, from))
  if (!ignores.some(({ kind }) => kind === 'glob'))
    return [ABOUT_IGNORES, '# ignore:', ...entries].join('\n')
  return [ABOUT_IGNORES, '#', ABOUT_CARRIED, 'ignore:', ...entries].join('\n')
}

function ignoreEntry(ignore: CarriedIgnore, from: string): string {
  const reason = `reason: ${quoted(`carried over from ${from}`)}`
  switch (ignore.kind) {
    case 'glob':
      return `  - action: ${quoted(ignore.action)}\n    ${reason}`
    case 'no-glob':
      return `  # No glob says the same as this regular expression: write one that does, or take this out.
  # - action: ${onOneLine(ignore.name)}${ignore.ref === undefined ? '' : ` @ ${onOneLine(ignore.ref)}`}
  #   ${reason}`
  }
}

function cooldownPart(carried: CarriedOver | undefined): string {
  const about = '# How old a version must be before pinsmith moves to it: hours, days or weeks.'
  return carried?.cooldown === undefined
    ? `${about}\n# cooldown: 3d`
    : `${about}\ncooldown: ${carried.cooldown}`
}

function quoted(text: string): string {
  return /^[ -~]*$/.test(text) ? `'${text.replaceAll("'", "''")}'` : onOneLine(text)
}

function onOneLine(text: string): string {
  return JSON.stringify(text)
}
