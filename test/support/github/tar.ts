/** A tar archive as `git archive` writes it: a global header with the commit's id, then the files. */
export function tarOf(
  commit: string,
  files: readonly { readonly path: string; readonly content: Buffer }[],
): Buffer {
  const record = `52 comment=${commit}\n`
  return Buffer.concat([
    ...entry('pax_global_header', 'g', record),
    ...files.flatMap(({ path, content }) => longName(path, content)),
    Buffer.alloc(1024),
  ])
}

/** A path of more than 100 bytes stands in a pax header of its own, before the file. */
function longName(path: string, content: Buffer): Buffer[] {
  if (Buffer.byteLength(path) <= 100) return entry(path, '0', content)
  return [
    ...entry('path.paxheader', 'x', paxRecord('path', path)),
    ...entry(Buffer.from(path).subarray(0, 100).toString('latin1'), '0', content),
  ]
}

/** The length at its front counts its own digits. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  const bare = Buffer.byteLength(rest)
  const guess = bare + `${bare}`.length
  return `${bare + `${guess}`.length}${rest}`
}

function entry(name: string, type: '0' | 'g' | 'x', body: string | Buffer): Buffer[] {
  const content = Buffer.from(body)
  const header = Buffer.alloc(512)
  header.write(name, 0, 100, 'latin1')
  header.write('0000664\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write('        ', 148)
  header.write(type, 156)
  header.write('ustar\0', 257)
  header.write('00', 263)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]
}
