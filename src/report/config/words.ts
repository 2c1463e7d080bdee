import type { ConfigFailure, ConfigFault } from '../../config/fault.ts'
import { count } from '../count.ts'
import type { Words } from '../words.ts'

/** What is wrong with a configuration in one place, and what to do next. */
export function configFaultWords(fault: ConfigFault): Pick<Words, 'what' | 'next'> {
  switch (fault.code) {
    case 'symlink':
      return {
        what: `${fault.path} is a symbolic link, and pinsmith follows none inside a repository`,
        next: 'put the file itself there, or name it with --config',
      }
    case 'missing':
      return { what: 'there is no such file', next: 'check the path' }
    case 'unreadable':
      return { what: `it could not be read: ${fault.detail}`, next: 'mend that' }
    case 'two-files':
      return {
        what: `${fault.other} is there too, so it cannot be told which of them counts`,
        next: 'keep one of them',
      }
    case 'yaml':
      return { what: `this is not YAML that can be read: ${fault.detail}`, next: 'mend the line' }
    case 'duplicate-key':
      return {
        what: `the key ${fault.key} stands here once more: it stands in line ${fault.first.line} already`,
        next: 'keep one of them',
      }
    case 'unknown-key':
      return {
        what: `there is no key ${JSON.stringify(fault.key)}${fault.holder === '' ? '' : ` in ${fault.holder}`}`,
        next: nextKey(fault),
      }
    case 'missing-key':
      return {
        what: `${fault.holder === '' ? 'the file' : fault.holder} has no ${fault.key}`,
        next: `add the key ${fault.key}`,
      }
    case 'wrong-value':
      return {
        what: `${fault.key === '' ? 'the file' : fault.key} is ${fault.found}`,
        next: nextValue(fault),
      }
  }
}

/** Why nothing was carried over from such a configuration of another tool. */
export function importFailureWords(faults: ConfigFailure['faults']): Words {
  const [{ file }] = faults
  return {
    what: `${file} cannot be carried over: ${count(faults.length, 'fault')}`,
    why: 'what it ignores would not be ignored here; nothing was written',
    next: 'mend it, or do without it (--no-from)',
  }
}

/** Why a run with such a configuration does nothing. */
export function configFailureWords({ faults }: ConfigFailure): Words {
  const [{ file }] = faults
  return {
    what: `the configuration cannot be used: ${count(faults.length, 'fault')} in ${file}`,
    why: 'what it leaves open would be guessed, and a guess may leave unpinned or unchecked what you meant to be pinned',
    next: 'mend it, or leave it out with --no-config; `pinsmith init` writes one to begin with',
  }
}

function nextKey({ known, nearest }: Extract<ConfigFault, { code: 'unknown-key' }>): string {
  if (nearest !== undefined) return `did you mean ${nearest}?`
  return known.length > MOST_KEYS
    ? 'write the code of a finding, such as unpinned'
    : `the keys are ${known.slice(0, -1).join(', ')} and ${known.at(-1)}`
}

const MOST_KEYS = 10

function nextValue({ expected, nearest }: Extract<ConfigFault, { code: 'wrong-value' }>): string {
  return nearest === undefined
    ? `write ${expected}`
    : `did you mean ${nearest}? It can be ${expected}`
}
