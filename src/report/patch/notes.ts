import type { FilePlan } from '../../plan/plan.ts'
import { codeSpan, prose } from '../markdown.ts'
import { exemptionWords, noteWords } from '../pin/note-words.ts'
import { isOwn, patchedFiles, type PatchChange } from './change.ts'

/** What is worth knowing of a patch beside what it pins, each as a line of Markdown. */
export function patchNotes(
  files: readonly FilePlan[],
  changes: readonly PatchChange[],
  target: { readonly owner: string; readonly repo: string },
): string[] {
  const ofPins = changes.flatMap((change) =>
    [
      ...change.pin.notes.flatMap((note) => noteWords(note, 'normal') ?? []),
      ...(isOwn(change, target) && change.reference.path !== ''
        ? [
            `this is an action of this very repository: as \`$/${change.reference.path}\` it needs no version, and the policy lets it be (on github.com, with runner 2.336.0 or newer)`,
          ]
        : []),
    ].map((words) => `${codeSpan(change.reference.text)}: ${prose(words)}`),
  )
  const labelled = patchedFiles(files).flatMap(({ path, sites }) =>
    sites.flatMap(({ site, decision, change }) =>
      change === 'relabelled' && decision.kind === 'pin' && decision.label !== undefined
        ? [
            `${codeSpan(`${path}:${site.position.line}`)} is pinned already; its version is written as ${codeSpan(decision.label)}`,
          ]
        : [],
    ),
  )
  const exempt = files.flatMap(({ path, sites }) =>
    sites.flatMap(({ site, decision }) =>
      decision.kind === 'exempt'
        ? [
            `${codeSpan(`${path}:${site.position.line}`)} ${codeSpan(site.text)}: ${prose(exemptionWords(decision.exemption))}`,
          ]
        : [],
    ),
  )
  return [...new Set([...ofPins, ...labelled, ...exempt])]
}
