/** One entry of a tar archive, as it is to stand there, whatever sense it makes. */
export interface TarEntry {
  readonly path: string
  /** `0` a file, `1` a hard link, `2` a symbolic link, `3` and `4` devices, `5` a folder, `6` a pipe; `0` unless told. */
  readonly type?: string
  readonly content?: string | Uint8Array
  /** Unix permissions, `0o664` unless told. */
  readonly mode?: number
  /** Where a link leads. */
  readonly link?: string
}

/** A tar archive as `git archive` writes it: a global header with the commit's id, then the entries. */
export function tarOf(commit: string, entries: readonly TarEntry[]): Buffer {
  const record = `52 comment=${commit}\n`
  return Buffer.concat([
    ...block({ path: 'pax_global_header', type: 'g', content: record }),
    ...entries.flatMap(longName),
    Buffer.alloc(1024),
  ])
}

/** A path that does not fit into 100 bytes, or has a null character, stands in a pax header of its own, before the entry. */
function longName(entry: TarEntry): Buffer[] {
  const { path } = entry
  if (Buffer.byteLength(path) <= 100 && !path.includes('\0')) return block(entry)
  return [
    ...block({ path: 'path.paxheader', type: 'x', content: paxRecord('path', path) }),
    ...block({ ...entry, path: Buffer.from(path).subarray(0, 100).toString('latin1') }),
  ]
}

/** The length at its front counts its own digits. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  const bare = Buffer.byteLength(rest)
  const guess = bare + `${bare}`.length
  return `${bare + `${guess}`.length}${rest}`
}

function block({
  path,
  type = '0',
  content: body = '',
  mode = 0o664,
  link = '',
}: TarEntry): Buffer[] {
  const content = Buffer.from(body)
  const header = Buffer.alloc(512)
  header.write(path, 0, 100)
  header.write(octal(mode, 7), 100)
  header.write(octal(0, 7), 108)
  header.write(octal(0, 7), 116)
  header.write(octal(content.length, 11), 124)
  header.write(octal(0, 11), 136)
  header.write('        ', 148)
  header.write(type, 156)
  header.write(link, 157, 100)
  header.write('ustar\0', 257)
  header.write('00', 263)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${octal(sum, 6)} `, 148)
  return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]
}

function octal(value: number, digits: number): string {
  return `${value.toString(8).padStart(digits, '0')}\0`
}
