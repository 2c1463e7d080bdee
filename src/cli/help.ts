import type { Command } from 'commander'

/** Adds examples to the help of a program and of each of its commands, and behind all of them what they have in common. */
export function addHelp(program: Command): void {
  program.addHelpText('after', examplesText(PROGRAM)).addHelpText('afterAll', COMMON)
  for (const command of program.commands) {
    const examples = EXAMPLES[command.name()]
    if (examples !== undefined) command.addHelpText('after', examplesText(examples))
  }
}

/** A command line, and what it does. */
type Example = readonly [line: string, does: string]

const PIN: readonly Example[] = [
  ['pinsmith', 'pin the repository you are in'],
  ['pinsmith --dry-run', 'show the diff, write nothing'],
  ['pinsmith --dry-run --exit-code', 'fail a build if something is to be pinned'],
  ['pinsmith .github/workflows/ci.yml', 'pin one file'],
  ["pinsmith --ignore 'my-org/**'", "leave your own organisation's actions"],
  ['pinsmith - < ci.yml', 'from standard input to standard output'],
  ['pinsmith --nested upgrade', 'move what blocks to releases that are pinned throughout'],
  ['pinsmith --nested vendor', 'copy what blocks into .github/actions, all it uses pinned'],
]

const PROGRAM: readonly Example[] = [
  ...PIN,
  ['pinsmith check', 'for CI: is every pin there, and what it says it is?'],
  ['pinsmith graph', 'show what your actions use in turn, and what blocks'],
  ['pinsmith update', 'move pins to newer versions that can be trusted'],
  ['pinsmith patch owner/repo', "make the diff that pins what somebody's action uses"],
  ['pinsmith init', 'write a configuration to begin with'],
]

const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  pin: PIN,
  check: [
    ['pinsmith check', 'everything, nested actions included'],
    ['pinsmith check --offline', 'for a hook: what can be known without a network'],
    ['pinsmith check --changed origin/main', 'the lines that a branch changes'],
    ['pinsmith check --fix', 'mend labels, and move no pin'],
    ['pinsmith check --format github', 'annotations and a job summary'],
    ['pinsmith check --report sarif=out.sarif', 'text, and a file for code scanning'],
  ],
  graph: [
    ['pinsmith graph', 'the tree, and the verdict'],
    ['pinsmith graph --format html -o graph.html', 'one page, to search and to send around'],
    ['pinsmith graph --format mermaid', 'a diagram that GitHub renders'],
  ],
  update: [
    ['pinsmith update', 'newer versions of the same major ones'],
    ['pinsmith update --dry-run', 'show the diff, write nothing'],
    ['pinsmith update --to major', 'new major versions, too'],
    ['pinsmith update --cooldown 2w', 'nothing younger than two weeks'],
    ["pinsmith update --only 'actions/*'", 'some actions alone'],
  ],
  vendor: [
    ['pinsmith vendor owner/repo', 'copy an action that your workflows use'],
    ['pinsmith vendor owner/repo/path@v3', 'the same at another version'],
    ['pinsmith vendor --dry-run owner/repo', 'show the diff, write nothing'],
  ],
  patch: [
    ['pinsmith patch owner/repo', 'for the default branch: the diff, and why'],
    ['pinsmith patch owner/repo@v2 --out .', 'owner-repo.patch and owner-repo.md'],
  ],
  init: [
    ['pinsmith init', 'write .github/pinsmith.yml'],
    ['pinsmith init --from .pinact.yaml', 'carry over what pinact was told to ignore'],
  ],
  cache: [
    ['pinsmith cache path', 'where it is, and how large'],
    ['pinsmith cache clear', 'remove all of it'],
  ],
}

function examplesText(examples: readonly Example[]): string {
  const width = Math.max(...examples.map(([line]) => line.length))
  const lines = examples.map(([line, does]) => `  ${line.padEnd(width)}  ${does}`)
  return ['', 'Examples:', ...lines].join('\n')
}

const COMMON = `
Environment:
  GITHUB_TOKEN, GH_TOKEN            the token; else the one of \`gh auth login\`; else none is used
  GITHUB_SERVER_URL, GITHUB_API_URL, GITHUB_GRAPHQL_URL
                                    another GitHub, such as an Enterprise Server
  HTTPS_PROXY, NO_PROXY, NODE_EXTRA_CA_CERTS, NO_COLOR, PINSMITH_CACHE

Shell completion:
  source <(pinsmith complete bash)  for this shell; zsh, fish and powershell alike

Exit codes:
  0  everything asked for is done and true
  1  references are left unpinned or untrue, or changes are due (--dry-run --exit-code)
  2  pinsmith could not do its work, and has written nothing
`
