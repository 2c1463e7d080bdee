/**
 * A glob for a regular expression that must match the whole of a name, as far as a simple one says the same: plain text,
 * `.*`, `[^/]+`, `\d+` and alternatives. Where the two cannot be quite the same the glob matches less: a dot is taken for
 * a dot, and what matches anything within a name for anything within one of its parts.
 * @returns `undefined` where no glob says it
 */
export function globOfRegex(regex: string): string | undefined {
  const whole = regex.replace(/^\^/, '').replace(/(?<!\\)\$$/, '')
  const choices = whole.split('|')
  if (choices.length > 1 && choices.every(isPlain)) return `{${choices.map(plain).join(',')}}`
  let glob = ''
  for (let at = 0; at < whole.length;) {
    const token = readToken(whole.slice(at), glob)
    if (token === undefined) return undefined
    glob += token.glob
    at += token.length
  }
  return glob === '' ? undefined : glob
}

interface Token {
  readonly glob: string
  /** Of the part of the regular expression that it stands for. */
  readonly length: number
}

function readToken(rest: string, before: string): Token | undefined {
  for (const { pattern, toGlob } of TOKENS) {
    const match = pattern.exec(rest)
    const glob = match && toGlob(match[0], before, rest.length === match[0].length)
    if (match && glob) return { glob, length: match[0].length }
  }
  return undefined
}

const CHARACTERS = String.raw`(?:[\w/-]|\\[./_-]|\.(?![*+?{]))+`

const TOKENS: readonly {
  readonly pattern: RegExp
  readonly toGlob: (text: string, before: string, isLast: boolean) => string | undefined
}[] = [
  { pattern: new RegExp(`^${CHARACTERS}(?![*+?{])`), toGlob: plain },
  {
    pattern: /^\.[*+]/,
    toGlob: (text, before, isLast) => {
      if (before === '' || (isLast && before.endsWith('/'))) return '**'
      return text === '.+' ? '?*' : '*'
    },
  },
  { pattern: /^\[\^\/\][*+]/, toGlob: () => '*' },
  { pattern: /^(?:\\d|\[0-9\])\+/, toGlob: () => '+([0-9])' },
  {
    pattern: /^\((?:\?:)?[^()]*\)(?![*+?{])/,
    toGlob: (text) => {
      const choices = text
        .replace(/^\((?:\?:)?/, '')
        .slice(0, -1)
        .split('|')
      return choices.every(isPlain) ? `{${choices.map(plain).join(',')}}` : undefined
    },
  },
]

function isPlain(text: string): boolean {
  return new RegExp(`^${CHARACTERS}$`).test(text)
}

function plain(text: string): string {
  return text.replaceAll('\\', '')
}
