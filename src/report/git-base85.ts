const ALPHABET =
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~'

const BYTES_IN_LINE = 52

/**
 * Bytes as a binary patch of git holds them: lines of at most 52 bytes, each with its length in front (`A` is 1, `a` is 27) and
 * five characters for every four bytes (https://git-scm.com/docs/gitformat-pack does not tell; see git's base85.c).
 */
export function encodeBase85(bytes: Uint8Array): string {
  let lines = ''
  for (let at = 0; at < bytes.length; at += BYTES_IN_LINE) {
    const line = bytes.subarray(at, at + BYTES_IN_LINE)
    lines += `${lengthLetter(line.length)}${encodeLine(line)}\n`
  }
  return lines
}

function lengthLetter(length: number): string {
  return String.fromCharCode(length <= 26 ? 64 + length : 70 + length)
}

function encodeLine(line: Uint8Array): string {
  let encoded = ''
  for (let at = 0; at < line.length; at += 4) {
    let word = 0
    for (let index = 0; index < 4; index += 1) word = word * 256 + (line[at + index] ?? 0)
    let group = ''
    for (let index = 0; index < 5; index += 1) {
      group = (ALPHABET[word % 85] ?? '') + group
      word = Math.floor(word / 85)
    }
    encoded += group
  }
  return encoded
}
