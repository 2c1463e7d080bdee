import type { BaseIssue } from 'valibot'
import { FINDING_CODES } from '../domain/finding-code.ts'
import { mostSimilar } from '../domain/similar.ts'
import type { PlainMap, PlainNode } from '../yaml/plain.ts'
import type { ConfigFault } from './fault.ts'
import { CONFIG_KEYS, IGNORE_KEYS } from './schema.ts'

/** The keys and indexes that lead from the top of a configuration to a value. */
type Path = readonly (string | number)[]

/** What an issue of the schema says, with its place. Of a map's unknown keys the schema names the first alone: here it is all of them. */
export function faultsOf(file: string, issue: BaseIssue<unknown>, root: PlainNode): ConfigFault[] {
  const path = (issue.path ?? []).flatMap(({ key }) =>
    typeof key === 'string' || typeof key === 'number' ? [key] : [],
  )
  const isAboutKey = issue.path?.at(-1)?.origin === 'key'
  if (!isAboutKey) return [wrongValue(file, issue, path, nodeAt(root, path))]
  const holder = nodeAt(root, path.slice(0, -1))
  // The schema takes a list for a map without any of the keys.
  if (holder.kind !== 'map') return [notAMap(file, path.slice(0, -1), holder, issue.message)]
  if (issue.expected === 'never') return unknownKeys(file, path.slice(0, -1), holder)
  const key = String(path.at(-1))
  return [
    {
      file,
      position: holder.position,
      code: 'missing-key',
      key,
      holder: nameOf(path.slice(0, -1)),
    },
  ]
}

/** What is wrong where a list or a scalar stands in place of a map: the schema takes an empty list for a map without keys. */
export function notAMap(file: string, path: Path, node: PlainNode, expected: string): ConfigFault {
  return wrongValue(file, { message: expected, expected: null }, path, node)
}

/** The part of a text that a path leads to, or the nearest above it. */
export function nodeAt(root: PlainNode, path: Path): PlainNode {
  let node = root
  for (const step of path) {
    const next: PlainNode | undefined =
      node.kind === 'map'
        ? node.entries.find(({ key }) => key === step)?.value
        : node.kind === 'list' && typeof step === 'number'
          ? node.items[step]
          : undefined
    if (next === undefined) return node
    node = next
  }
  return node
}

function wrongValue(
  file: string,
  { expected, message }: Pick<BaseIssue<unknown>, 'expected' | 'message'>,
  path: Path,
  node: PlainNode,
): ConfigFault {
  // Of a list of choices, the schema says them in quotes, and nothing else so.
  const choices = [...(expected ?? '').matchAll(/"([^"]+)"/g)].flatMap(([, each]) => each ?? [])
  const text = node.kind === 'scalar' ? String(node.value) : ''
  return {
    file,
    position: node.position,
    code: 'wrong-value',
    key: nameOf(path),
    expected: choices.length === 0 ? message : choicesInWords(choices),
    found: inWords(node),
    nearest: mostSimilar(text, choices),
  }
}

function unknownKeys(file: string, path: Path, { entries }: PlainMap): ConfigFault[] {
  const known = knownKeys(path)
  return entries
    .filter(({ key }) => !known.includes(key))
    .map(({ key, position }) => ({
      file,
      position,
      code: 'unknown-key',
      key,
      holder: nameOf(path),
      known,
      nearest: mostSimilar(key, known),
    }))
}

/** The keys that the map at a path may have. */
function knownKeys([top]: Path): readonly string[] {
  if (top === 'levels') return FINDING_CODES
  return top === 'ignore' ? IGNORE_KEYS : CONFIG_KEYS
}

/** `ignore[0].expires`, as people name a place in a text. */
function nameOf(path: Path): string {
  return path.reduce<string>(
    (name, step) =>
      typeof step === 'number' ? `${name}[${step}]` : name === '' ? step : `${name}.${step}`,
    '',
  )
}

function choicesInWords(choices: readonly string[]): string {
  return choices.length > MOST_CHOICES
    ? 'the code of a finding'
    : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`
}

const MOST_CHOICES = 6

function inWords(node: PlainNode): string {
  switch (node.kind) {
    case 'list':
      return 'a list'
    case 'map':
      return 'a map'
    case 'scalar':
      if (node.value === null) return 'nothing'
      return typeof node.value === 'string'
        ? JSON.stringify(node.value)
        : `the ${typeof node.value} ${String(node.value)}`
  }
}
