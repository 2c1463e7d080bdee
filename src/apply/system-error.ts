/** The system's code (`ENOENT`) of an error from Node's own modules; `undefined` where it has none. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined
}

/** What went wrong on the disk, for people: ends a sentence such as "could not be read: …". */
export function systemDetail(error: unknown): string {
  const known = DETAILS.get(systemCode(error) ?? '')
  return known ?? (error instanceof Error ? error.message : String(error))
}

const DETAILS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EBUSY', 'another program is using it'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EIO', 'the disk reports an input/output error'],
  ['EISDIR', 'it is a folder'],
  ['ELOOP', 'symbolic links lead in a circle'],
  ['EMFILE', 'too many files are open'],
  ['ENAMETOOLONG', 'its name is too long'],
  ['ENFILE', 'too many files are open on this machine'],
  ['ENOENT', 'it does not exist'],
  ['ENOSPC', 'no space is left on the disk'],
  ['ENOTDIR', 'a part of its path is not a folder'],
  ['EPERM', 'the operation is not permitted'],
  ['EROFS', 'the file system is read-only'],
])
