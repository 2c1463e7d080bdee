import { execFile } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hermeticGitEnv } from './github/git-env.ts'
import type { LocalGitHub } from './github/server.ts'

/** A fenced block of a Markdown document. */
export interface Block {
  readonly language: string
  readonly text: string
}

/** The fenced blocks of a Markdown document, in order. */
export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', text = '']) => ({
    language,
    text,
  }))
}

/** The commands of a `console` block: the lines that begin with `$ `. */
export function commandsOf({ text }: Block): string[] {
  return text.split('\n').flatMap((line) => (line.startsWith('$ ') ? [line.slice(2)] : []))
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A copy of the sample repository in which a document's examples run, with `pinsmith` and `npx` on the path. */
export interface Sample {
  /** Runs a command in a shell; what it prints on both streams, in order. */
  readonly shell: (command: string, github: LocalGitHub) => Promise<string>
  readonly remove: () => void
}

export async function sampleRepository(): Promise<Sample> {
  const home = mkdtempSync(join(tmpdir(), 'pinsmith-document-'))
  const folder = join(home, 'sample')
  const bin = join(home, 'bin')
  mkdirSync(bin)
  const shim = (name: string, script: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  shim('pinsmith', `exec "${process.execPath}" "${join(root, 'bin/pinsmith.js')}" "$@"`)
  shim('npx', '[ "$1" = --yes ] && shift; shift; exec pinsmith "$@"')
  cpSync(join(root, 'fixtures/repos/demo'), folder, { recursive: true })
  mkdirSync(join(home, 'node_modules'))
  symlinkSync(root, join(home, 'node_modules/pinsmith'), 'dir')

  const env = { ...hermeticGitEnv(), HOME: home, PATH: `${bin}${delimiter}${process.env['PATH']}` }
  const run = (file: string, args: string[], more: Record<string, string>): Promise<string> =>
    new Promise((resolve) => {
      execFile(file, args, { cwd: folder, env: { ...env, ...more } }, (_, stdout) =>
        resolve(stdout),
      )
    })
  const git = (...args: string[]): Promise<string> =>
    run('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {})
  await git('init', '--quiet')
  await git('add', '.')
  await git('commit', '--quiet', '--message=Begin')
  return {
    shell: (command, github) => run('bash', ['-c', `exec 2>&1; ${command}`], github.env),
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}
