/**
 * Shows text from files and hosts with nothing in it that steers a terminal or hides: `\u{200b}` for what cannot be seen. Nor
 * does it steer GitHub's runner, which takes `::name::` at the beginning of a line and `##[name]` anywhere for a command.
 */
export function printable(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u00a0\u2800]/gu, spellOut)
    .replace(/(?<=^\s*):(?=:)|(?<=##)\[/g, spellOut)
}

/** A character by its number: `\u{200b}`. */
export function spellOut(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}
