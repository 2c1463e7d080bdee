/** A tag's name read as a version: `v4.2.2`, `4`, `login/v1.0.0`, `v1.0.0-beta.1`. */
export interface Version {
  /** What stands before the first number: `v`, nothing, `login/v`, `codeql-bundle-v`. */
  readonly prefix: string
  /** One to three numbers: major, minor, patch. */
  readonly parts: readonly number[]
  /** What follows the numbers (`beta.1`, `node16`); empty for a plain version. */
  readonly prerelease: string
  readonly text: string
}

const VERSION =
  /^((?:.*?[/_@-])?[vV]?)(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:-([0-9A-Za-z.-]+)|((?:alpha|beta|rc|pre|dev|a|b)[0-9.]*))?(?:\+[0-9A-Za-z.-]+)?$/

/** Reads a tag's name as a version; `undefined` where it is none. */
export function parseVersion(text: string): Version | undefined {
  const match = VERSION.exec(text)
  if (match === null) return undefined
  const [, prefix = '', major, minor, patch, dashed, attached] = match
  const parts = [major, minor, patch].flatMap((part) => (part === undefined ? [] : [Number(part)]))
  return { prefix, parts, prerelease: dashed ?? attached ?? '', text }
}

/** Whether the version says major, minor and patch: a tag that by custom does not move. */
export function isExact(version: Version): boolean {
  return version.parts.length === 3
}

/** The name that is meant where somebody leaves out the `v`: `v4.2.2` for `4.2.2`, `login/v1.0.0` for `login/1.0.0`. */
export function spelledWithV({ prefix, text }: Version): string | undefined {
  return /v$/i.test(prefix) ? undefined : `${prefix}v${text.slice(prefix.length)}`
}

/** Whether a text is the name of such a version. */
export function isExactName(text: string): boolean {
  const version = parseVersion(text)
  return version !== undefined && isExact(version)
}

/**
 * Whether the version lies within what the wanted one names: `v4.2.2` in `v4` and in `v4.2`, not in `v3`. A
 * pre-release lies only within a wanted pre-release of its kind: `v4.0.0-beta.2` in `v4-beta`.
 */
export function isWithin(version: Version, wanted: Version): boolean {
  const kind = ({ prerelease }: Version): string => prerelease.split('.')[0] ?? ''
  if (kind(version) !== kind(wanted)) return false
  return wanted.parts.every((part, index) => version.parts[index] === part)
}
