import type { Accusation, Place } from './accusation.ts'
import type { FindingDetail } from './finding-detail.ts'
import type { NestedUse } from './nested-use.ts'

/** What an image is accused of: it is pinned by its digest, and one that is built from a Dockerfile has none. */
export function judgeImage(image: string | undefined): FindingDetail | undefined {
  return image === undefined || image === '' || /@sha256:[0-9a-f]{64}$/i.test(image)
    ? undefined
    : { code: 'unpinned-image', image }
}

/**
 * Accuses own references of the images that run below them: of each image once, by the shortest of the chains to it. An image is
 * for those to pin who wrote the manifest; what is the user's to change is the reference.
 */
export function accuseImages(uses: readonly NestedUse[]): Accusation[] {
  const found = new Map<string, { readonly detail: FindingDetail; readonly place: Place }>()
  for (const { edge, places } of uses) {
    const { target } = edge
    const isImage = target.kind === 'leaf' && target.what === 'image'
    const detail = isImage ? judgeImage(target.image) : undefined
    if (!isImage || detail === undefined) continue
    for (const place of places()) {
      const key = JSON.stringify([place.file, place.position, target.image])
      const known = found.get(key)
      if (known === undefined || known.place.chain.length > place.chain.length)
        found.set(key, { detail, place })
    }
  }
  return [...found.values()].map(({ detail, place }) => ({ detail, places: [place] }))
}
