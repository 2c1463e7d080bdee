import * as v from 'valibot'
import { plainValue, readPlain, type PlainNode } from '../yaml/plain.ts'
import type { ConfigFailure, ConfigFault } from './fault.ts'
import { faultsOf, notAMap } from './issue.ts'

/** What came of reading a text by a schema. */
export type ReadBy<Value> =
  | { readonly kind: 'read'; readonly value: Value; readonly root: PlainNode }
  /** It holds nothing but comments. */
  | { readonly kind: 'empty' }
  | ConfigFailure

/**
 * Reads a text by a schema. Everything that is wrong with it is told, not only the first thing.
 * @param file what messages call it
 * @param findMore what is wrong with it beside what the schema says
 */
export function readBy<Value>(
  file: string,
  text: string,
  schema: v.GenericSchema<unknown, Value>,
  findMore: (root: PlainNode) => readonly ConfigFault[] = () => [],
): ReadBy<Value> {
  const { root, faults } = readPlain(text)
  const ofText = faults.map((fault): ConfigFault => ({ file, ...fault }))
  if (root === undefined) return failureOf(ofText) ?? { kind: 'empty' }
  if (root.kind !== 'map') return { kind: 'config', faults: [notAMap(file, [], root, SETTINGS)] }
  const plain = plainValue(root)
  const { issues = [] } = v.safeParse(schema, plain, { abortPipeEarly: true })
  const ofSchema = issues.flatMap((issue) => faultsOf(file, issue, root))
  const failure = failureOf([...ofText, ...ofSchema, ...findMore(root)])
  return failure ?? { kind: 'read', value: v.parse(schema, plain), root }
}

const SETTINGS = 'a map of settings'

function failureOf(faults: readonly ConfigFault[]): ConfigFailure | undefined {
  const distinct = new Map(faults.map((fault) => [JSON.stringify(fault), fault]))
  const [first, ...others] = [...distinct.values()].toSorted(byPosition)
  return first === undefined ? undefined : { kind: 'config', faults: [first, ...others] }
}

function byPosition({ position: a }: ConfigFault, { position: b }: ConfigFault): number {
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0)
}
