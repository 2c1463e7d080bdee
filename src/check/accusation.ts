import type { RemoteReference } from '../domain/reference.ts'
import { actionName } from '../domain/reference.ts'
import type { Position } from '../domain/span.ts'
import type { LocatedFile, Site } from '../yaml/locate.ts'
import type { FindingDetail } from './finding-detail.ts'

/** Something that is not as it should be. No finding yet: it may be let pass, and what it weighs is for the configuration. */
export interface Accusation {
  readonly detail: FindingDetail
  /** Where it can be placed, the first that counts; none where it is about the whole run. */
  readonly places: readonly Place[]
}

/** A place in one of the repository's own files. */
export interface Place {
  readonly file: string
  /** `undefined` where the whole file is meant. */
  readonly position: Position | undefined
  /** In UTF-16 units; 0 where it is not known. */
  readonly length: number
  readonly reference: string | undefined
  /** From the file down, references as written. */
  readonly chain: readonly string[]
  /** The actions by whose names the configuration may let it pass, as `owner/repo[/path]@ref`. */
  readonly actions: readonly string[]
  /** What stands there, where that is a reference or an image. */
  readonly site: Site | undefined
}

/** A reference in one of the repository's own files. */
export interface OwnPlace {
  readonly file: string
  readonly located: LocatedFile
  readonly site: Site
}

/** The place of a site itself. */
export function placeAt({ file, located, site }: OwnPlace): Place {
  const { position, text, reference } = site
  return {
    file,
    position,
    length: lengthOf(located, site),
    reference: text,
    chain: text === '' ? [] : [text],
    actions: typeof reference === 'object' && 'ref' in reference ? [actionAtRef(reference)] : [],
    site,
  }
}

/** The place of a whole file, or of a position in it where no reference stands. */
export function placeIn(file: string, position: Position | undefined): Place {
  return {
    file,
    position,
    length: 0,
    reference: undefined,
    chain: [],
    actions: [],
    site: undefined,
  }
}

/** `owner/repo[/path]@ref`, as the globs of a configuration take it. */
export function actionAtRef(reference: RemoteReference): string {
  return `${actionName(reference)}@${reference.ref.text}`
}

/** How much of the line the value takes, its quotes included; 0 where it is not written there as it reads. */
function lengthOf({ parsed }: LocatedFile, { position, text }: Site): number {
  const { start, end } = parsed.lines.span(position.line - 1)
  const hidden = position.line === 1 && parsed.text.startsWith('\ufeff') ? 1 : 0
  const offset = start + hidden + position.column - 1
  const quote = /^["']/.test(parsed.text.slice(offset, end)) ? 1 : 0
  return parsed.text.startsWith(text, offset + quote) ? text.length + 2 * quote : 0
}
