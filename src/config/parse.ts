import type { PlainNode } from '../yaml/plain.ts'
import { parseAge } from './age.ts'
import { noConfig, type Config, type ConfiguredLevel } from './config.ts'
import type { ConfigFailure, ConfigFault } from './fault.ts'
import { matchActionsAtRefs, matchNames } from './glob.ts'
import { nodeAt, notAMap } from './issue.ts'
import { readBy } from './read-by.ts'
import { configSchema, LEVELS_EXPECTED, type ConfigInput } from './schema.ts'

/**
 * Reads a configuration. A text that holds nothing but comments is one that says nothing.
 * @param file what messages call it
 */
export function parseConfig(file: string, text: string): Config | ConfigFailure {
  const read = readBy(file, text, configSchema, (root) => listForLevels(file, root))
  switch (read.kind) {
    case 'read':
      return makeConfig(file, read.value, read.root)
    case 'empty':
      return { ...noConfig, file }
    case 'config':
      return read
  }
}

function listForLevels(file: string, root: PlainNode): ConfigFault[] {
  const node = nodeAt(root, ['levels'])
  const isEmptyList = node.kind === 'list' && node.items.length === 0
  return isEmptyList ? [notAMap(file, ['levels'], node, LEVELS_EXPECTED)] : []
}

function makeConfig(file: string, input: ConfigInput, root: PlainNode): Config {
  const { levels = {}, ignore = [], owners, branches, images, cooldown, comments } = input
  const entries = Object.entries(levels).flatMap(([code, level]): [string, ConfiguredLevel][] =>
    level === undefined ? [] : [[code, level]],
  )
  return {
    file,
    levels: new Map(entries),
    ignore: ignore.map((entry, index) => ({
      action: entry.action,
      covers: matchActionsAtRefs(entry.action),
      codes: entry.findings,
      reason: entry.reason.trim(),
      expires: entry.expires,
      position: nodeAt(root, ['ignore', index]).position,
    })),
    owners,
    allowsOwner: owners === undefined ? () => true : matchNames(owners),
    branches,
    images,
    cooldown: cooldown === undefined ? undefined : parseAge(cooldown),
    comments,
  }
}
