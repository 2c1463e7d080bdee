import { isMap, isScalar } from 'yaml'
import type { ParsedText } from './parse.ts'

/** What an action's manifest says that it runs by (`composite`, `node20`, `docker`), in lower case; `undefined` where it does not say. */
export function usingOf({ documents }: ParsedText): string | undefined {
  const top = documents[0]?.contents
  const runs: unknown = isMap(top) ? top.get('runs') : undefined
  const using: unknown = isMap(runs) ? runs.get('using', true) : undefined
  return isScalar(using) ? String(using.value).toLowerCase() : undefined
}

/** A text in which every comment is blank, so that offsets stay what they are. A `#` inside a `run` is none of YAML's. */
export function withoutComments({ text, trivia }: ParsedText): string {
  let result = ''
  let done = 0
  for (const { start, end } of trivia().comments) {
    result += text.slice(done, start) + ' '.repeat(end - start)
    done = end
  }
  return result + text.slice(done)
}
