/** Strips the indentation that all lines share and the line that the opening backtick stands on. */
export function dedent(strings: TemplateStringsArray, ...values: readonly string[]): string {
  const text = strings.reduce((all, string, index) => all + (values[index - 1] ?? '') + string)
  const lines = text.replace(/^[ \t]*\n/, '').split('\n')
  const filled = lines.filter((line) => line.trim() !== '')
  const indent = Math.min(...filled.map((line) => line.length - line.trimStart().length))
  return lines.map((line) => line.slice(indent)).join('\n')
}
