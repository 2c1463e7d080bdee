import type { FilePlan } from '../../plan/plan.ts'
import { folderOf } from '../../remedy/vendor/archive.ts'
import { isWorkflowFile, patchedFiles } from './change.ts'
import { printable } from '../printable.ts'

/** How pins are kept fresh by bots, as parts of Markdown. */
export function freshParts(files: readonly FilePlan[]): string[] {
  return [
    'Dependabot and Renovate move such a SHA and the version behind it together. For Dependabot, in `.github/dependabot.yml`:',
    dependabot(files),
    'For Renovate, in `renovate.json`:',
    fenced('json', '{ "extends": ["config:recommended", "helpers:pinGitHubActionDigests"] }'),
  ]
}

/** Dependabot looks for workflows from the root, and for an action in its own folder. */
function dependabot(files: readonly FilePlan[]): string {
  const folders = patchedFiles(files).map(({ path }) =>
    isWorkflowFile(path) ? '/' : `/${folderOf(path)}`,
  )
  const listed = [...new Set(folders)].toSorted().map((folder) => `      - ${yamlText(folder)}`)
  return fenced(
    'yaml',
    `version: 2
updates:
  - package-ecosystem: github-actions
    directories:
${listed.join('\n')}
    schedule:
      interval: weekly`,
  )
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``
}

function yamlText(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : JSON.stringify(printable(text))
}
