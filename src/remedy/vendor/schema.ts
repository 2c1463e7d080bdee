import * as v from 'valibot'
import { parseCommitSha, type CommitSha } from '../../domain/sha.ts'
import {
  copyKey,
  type VendoredAction,
  type VendoredRepository,
  type VendorManifest,
} from './manifest.ts'
import { folderKey, isSafePath, plainFolder, VENDOR_FOLDER, type RepositoryName } from './place.ts'

/** Reads the manifest; a text says what is wrong with it. */
export function parseVendorManifest(text: string): VendorManifest | string {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return 'it is not JSON'
  }
  const parsed = v.safeParse(SCHEMA, value, { abortEarly: true })
  if (!parsed.success) {
    const [issue] = parsed.issues
    const at = v.getDotPath(issue)
    return at === null ? issue.message : `${at}: ${issue.message}`
  }
  const copies = parsed.output.copies.map(({ source, folder, ...copy }) => {
    const place = folder === undefined ? plainFolder(source) : `${VENDOR_FOLDER}/${folder}`
    return { ...source, ...copy, folder: place }
  })
  const again = firstAgain(copies, copyKey)
  if (again !== undefined) return `${again.owner}/${again.repo} stands in it twice at one commit`
  const shared = firstAgain(copies, folderKey)
  return shared === undefined
    ? { kind: 'vendor-manifest', copies }
    : `two copies stand in ${shared.folder}`
}

/** The first copy that has the key of an earlier one. */
function firstAgain(
  copies: readonly VendoredRepository[],
  keyOf: (copy: VendoredRepository) => string,
): VendoredRepository | undefined {
  return copies.find(
    (copy, index) => copies.findIndex((other) => keyOf(other) === keyOf(copy)) !== index,
  )
}

const PATH = v.pipe(v.string(), v.check(isSafePath, 'this is no path below a folder'))

const SOURCE = v.pipe(
  v.string(),
  v.regex(/^[^/]+\/[^/]+$/, 'this is not owner/repo'),
  v.check(isSafePath, 'this is not owner/repo'),
  v.transform((source): RepositoryName => {
    const [owner = '', repo = ''] = source.split('/')
    return { owner, repo }
  }),
)

// As deep as a repository's own, so that no copy lies in another.
const FOLDER = v.pipe(
  v.string(),
  v.regex(/^[^/]+\/[^/]+$/, 'this is not the folder of a copy'),
  v.check(isSafePath, 'this is not the folder of a copy'),
)

const COMMIT = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }): CommitSha => {
    const sha = parseCommitSha(dataset.value)
    if (sha !== undefined) return sha
    addIssue({ message: 'this is no full commit SHA' })
    return NEVER
  }),
)

const ACTION = v.object({
  path: v.union([v.literal(''), PATH], 'this is no path below a folder'),
  version: v.optional(v.string()),
})

const FILE = v.object({
  path: PATH,
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'this is no SHA-256')),
  executable: v.optional(v.boolean(), false),
})

const SCHEMA = v.object({
  version: v.literal(1, 'another version of pinsmith wrote this'),
  copies: v.array(
    v.object({
      source: SOURCE,
      //  Below that of all copies; absent where it bears the name of its source.
      folder: v.optional(FOLDER),
      host: v.string(),
      commit: COMMIT,
      actions: v.array(
        v.pipe(
          ACTION,
          v.transform(({ path, version }): VendoredAction => ({ path, version })),
        ),
      ),
      files: v.array(FILE),
    }),
  ),
})
