import { parseRefName, type RefName } from './ref.ts'
import { isExact, parseVersion } from './version.ts'

/** The comment at the end of a site's line, split into what a tool wrote and what a person wrote. */
export type Comment =
  /** A label: alone, or with a person's comment after it, which begins with a `#` of its own. */
  | {
      readonly kind: 'label'
      readonly label: RefName
      /** `plain` is our own form, `# v4.2.2`; the others are `# tag=v4`, `# pin@v4`, `# ratchet:o/r@v4` and the like. */
      readonly form: 'plain' | 'other-tool'
      /** Whether it could be nothing else. A single word such as `# main` may be a person's. */
      readonly certain: boolean
      /** The action that `# owner/repo@v4` names: where it is another, the words are a person's. */
      readonly of: string | undefined
      /** Length of the label with its `#`: what follows is the person's. */
      readonly length: number
    }
  /** A version with a person's words right behind it, `# v4 because of #123`: theirs, though it may be true. */
  | { readonly kind: 'leading'; readonly label: RefName }
  /** Our form where several references stand on one line: `# a/b v1.2.3, c/d v2.0.0`. */
  | {
      readonly kind: 'several'
      readonly labels: readonly NamedLabel[]
      readonly length: number
    }
  | { readonly kind: 'prose' }

/** A comment as it concerns one reference. */
export type SiteComment = Exclude<Comment, { readonly kind: 'several' }>

/** A label with the action that it is for. */
export interface NamedLabel {
  readonly name: string
  readonly label: string
}

const NAME = String.raw`[^\s#]\S*`
const TOOL_PREFIX = String.raw`(?:renovate:\s*)?tag=|pin\s*@|ratchet:[\w./-]+@|([\w.-]+/[\w./-]+)@|frozen:\s*`
const LABEL = new RegExp(String.raw`^#[ \t]*(${TOOL_PREFIX})?(${NAME})(?=[ \t]*$|[ \t]+#)`)
const ENTRY = String.raw`[^\s#,/]+/[^\s#,]+ [^\s#,]+`
const SEVERAL = new RegExp(String.raw`^# (${ENTRY}(?:, ${ENTRY})*)(?=[ \t]*$|[ \t]+#)`)
const LEADING = new RegExp(String.raw`^#[ \t]*(${NAME})[ \t]`)

/** Reads a comment, from its `#` to the end of the line. Total: what is no known form of a label is prose. */
export function parseComment(text: string): Comment {
  return parseLabel(text) ?? parseSeveral(text) ?? parseLeading(text) ?? { kind: 'prose' }
}

/** Writes the labels of several references on one line. */
export function formatLabels(labels: readonly NamedLabel[]): string {
  return `# ${labels.map(({ name, label }) => `${name} ${label}`).join(', ')}`
}

/** Whether a tag's name, written as a label, is read back as that label: `acme/kit@1.0.0` would be read as `1.0.0` of `acme/kit`. */
export function canBeLabel(name: string): boolean {
  const comment = parseLabel(`# ${name}`)
  return comment?.kind === 'label' && comment.form === 'plain' && comment.label === name
}

function parseLabel(text: string): Comment | undefined {
  const match = LABEL.exec(text)
  const label = parseRefName(match?.[3] ?? '')
  if (match === null || label === undefined) return undefined
  const form = match[1] === undefined ? 'plain' : 'other-tool'
  const certain = form === 'other-tool' || isSurelyVersion(label)
  return { kind: 'label', label, form, certain, of: match[2], length: match[0].length }
}

// `# 3`, `# 2024-05-01`, `# ubuntu-22.04` and `# issue-123` have numbers too.
function isSurelyVersion(label: RefName): boolean {
  const version = parseVersion(label)
  return version !== undefined && (isExact(version) || /v$/i.test(version.prefix))
}

function parseSeveral(text: string): Comment | undefined {
  const match = SEVERAL.exec(text)
  if (match === null) return undefined
  const labels = (match[1] ?? '').split(', ').flatMap((entry) => {
    const [name = '', label = ''] = entry.split(' ')
    return parseRefName(label) === undefined ? [] : [{ name, label }]
  })
  return { kind: 'several', labels, length: match[0].length }
}

function parseLeading(text: string): Comment | undefined {
  const label = parseRefName(LEADING.exec(text)?.[1] ?? '')
  if (label === undefined || parseVersion(label) === undefined) return undefined
  return { kind: 'leading', label }
}
