import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { locate } from '../src/yaml/locate.ts'
import { blocksOf, commandsOf, sampleRepository } from './support/documents.ts'
import { startGitHub, type LocalGitHub } from './support/github/server.ts'
import { loadWorlds } from './support/github/worlds.ts'

const path = fileURLToPath(new URL('../README.md', import.meta.url))
const readme = readFileSync(path, 'utf8')
const blocks = blocksOf(readme)
/** `PINSMITH_UPDATE_README=1` writes what the examples print into the page; the test then holds it against itself. */
const update = process.env['PINSMITH_UPDATE_README'] === '1'

let github: LocalGitHub
beforeAll(async () => {
  const worlds = fileURLToPath(new URL('../fixtures/worlds', import.meta.url))
  github = await startGitHub({ worlds: await loadWorlds(worlds) })
})
afterAll(() => github.close())

describe.skipIf(process.platform === 'win32')(
  'every example of the README prints what it says',
  () => {
    const examples = blocks.filter(({ language }) => language === 'console')

    test('there are examples', () => expect(examples.length).toBeGreaterThan(8))

    test.each(examples.map((block) => [commandsOf(block).join('; '), block] as const))(
      '%s',
      async (_, block) => {
        const sample = await sampleRepository()
        try {
          let printed = ''
          for (const command of commandsOf(block))
            printed += `$ ${command}\n${await sample.shell(command, github)}`
          if (update)
            writeFileSync(
              path,
              readFileSync(path, 'utf8').replace(block.text, () => printed),
            )
          expect(update ? printed : block.text).toBe(printed)
        } finally {
          sample.remove()
        }
      },
    )

    test.each(blocks.filter(({ language }) => language === 'js'))(
      'the library example runs',
      async ({ text }) => {
        const sample = await sampleRepository()
        try {
          const printed = await sample.shell(
            `cat > example.mjs <<'EOF'\n${text}EOF\nnode example.mjs`,
            github,
          )
          expect(printed).toMatch(
            /^runs: \{ using: composite, steps: \[\{ uses: actions\/cache@[0-9a-f]{40} \}\] \} # v4\.2\.3\n\n$/,
          )
        } finally {
          sample.remove()
        }
      },
    )
  },
)

test.each(blocks.filter(({ language }) => language === 'yaml'))(
  'the YAML of the README is pinned or ignored',
  ({ text }) => {
    const located = locate(text)
    if (located.kind !== 'located') throw new Error(`not a workflow: ${located.kind}`)
    expect(located.sites.length).toBeGreaterThan(0)
    for (const { reference, ignore } of located.sites) {
      const pinned =
        typeof reference === 'object' && 'ref' in reference && reference.ref.kind === 'sha'
      expect(pinned || ignore?.by === 'pinsmith').toBe(true)
    }
  },
)

test('the diff on top of the README is what pinning the sample does', () => {
  const [diff] = blocks.filter(({ language }) => language === 'diff')
  const sample = readFileSync(
    new URL('../fixtures/repos/demo/.github/workflows/ci.yml', import.meta.url),
    'utf8',
  )
  expect(sample).toContain(diff?.text.split('\n')[0]?.slice(1))
})
