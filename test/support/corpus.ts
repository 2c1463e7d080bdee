import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  loadWorlds,
  recordedWorldsFolder,
  recordedWorldsNeeded,
  type World,
} from './github/worlds.ts'

/** Real repositories, as far as they are at hand. */
interface Corpus {
  /** Whether both are named: then there must be some. */
  readonly isReady: boolean
  /** What of GitHub was recorded for them; none where that is not at hand. */
  readonly worlds: readonly World[]
  /** Their names; none where they, or the worlds, are not at hand. */
  readonly apps: readonly string[]
  /** The files of one, by path with `/`. */
  readonly filesOf: (app: string) => Record<string, Uint8Array>
  readonly textsOf: (app: string) => Record<string, string>
}

/** For the name of a test that needs them. */
export const corpusNeeded = `${recordedWorldsNeeded}, and PINSMITH_CORPUS`

/** The repositories in the folder that `PINSMITH_CORPUS` names. */
export async function loadCorpus(): Promise<Corpus> {
  const worldsFolder = recordedWorldsFolder()
  const corpusFolder = process.env['PINSMITH_CORPUS'] || undefined
  const isReady = worldsFolder !== undefined && corpusFolder !== undefined
  const filesOf: Corpus['filesOf'] = (app) => filesBelow(join(corpusFolder ?? '', app))
  return {
    isReady,
    worlds: worldsFolder === undefined ? [] : await loadWorlds(worldsFolder),
    apps: isReady ? foldersIn(corpusFolder) : [],
    filesOf,
    textsOf: (app) =>
      Object.fromEntries(
        Object.entries(filesOf(app)).map(([path, bytes]) => [
          path,
          Buffer.from(bytes).toString('utf8'),
        ]),
      ),
  }
}

/** Every file below a folder but git's own, by path with `/`, in the order of the paths. */
export function filesBelow(folder: string): Record<string, Uint8Array> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.startsWith('.git/'))
    .toSorted()
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path))]))
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  )
}
