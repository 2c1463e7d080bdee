import { afterAll, describe, expect, test } from 'vitest'
import { checkFiles, CI, codesIn, composite, workflow } from '../support/check.ts'
import { dedent } from '../support/dedent.ts'
import { startGitHub } from '../support/github/server.ts'
import { makeWorld, sha } from '../support/github/worlds.ts'

const DIGEST = `@sha256:${'0'.repeat(64)}`

/** An action that runs an image. */
const docker = (image: string): string => `runs:\n  using: docker\n  image: ${image}\n`

const github = await startGitHub({
  worlds: [
    makeWorld('acme/boxes', {
      tags: { 'v1.0.0': 1 },
      manifests: {
        1: {
          'action.yml': docker('docker://debian:12'),
          'built/action.yml': docker('Dockerfile'),
          'pinned/action.yml': docker(`docker://debian${DIGEST}`),
          'open/action.yml': docker("'docker://debian:${{ inputs.version }}'"),
          'steps/action.yml': composite('docker://alpine:3', `docker://alpine${DIGEST}`),
        },
      },
    }),
    makeWorld('acme/nest', {
      tags: { 'v1.0.0': 2 },
      manifests: {
        2: {
          'action.yml': composite(
            `acme/boxes/steps@${sha(1)}`,
            `acme/nest/inner@${sha(2)}`,
            'docker://alpine:3',
            'docker://alpine:3',
          ),
          'inner/action.yml': composite(`acme/boxes@${sha(1)}`, 'docker://alpine:3'),
        },
      },
    }),
    makeWorld('acme/flows', {
      tags: { 'v1.0.0': 3 },
      manifests: {
        3: {
          '.github/workflows/call.yml': dedent`
            jobs:
              a:
                container: node:22
                services:
                  db: { image: postgres:17 }
                  cache: { image: 'redis${DIGEST}' }
                steps:
                  - uses: docker://alpine:3
          `,
        },
      },
    }),
  ],
})
afterAll(() => github.close())

const at = (path: string, n: number): string => `acme/${path}@${sha(n)}`
const pin = (path: string, n: number): string => `${at(path, n)} # v1.0.0`

describe('an image below a reference of the repository’s own is a note there, with the chain', () => {
  test.each([
    ['of a Docker action', 'boxes', 1, [['docker://debian:12']]],
    ['of a step', 'boxes/steps', 1, [['docker://alpine:3']]],
    ['that is built', 'boxes/built', 1, []],
    ['with a digest', 'boxes/pinned', 1, []],
    ['that an expression says', 'boxes/open', 1, [['docker://debian:${{ inputs.version }}']]],
    [
      'each once, by the shortest chain',
      'nest',
      2,
      [[at('nest/inner', 2), at('boxes', 1), 'docker://debian:12'], ['docker://alpine:3']],
    ],
  ] as const)('%s', async (_, path, n, chains) => {
    const { code, findings } = await checkFiles(github, { [CI]: workflow(pin(path, n)) })
    expect(code).toBe(0)
    expect(findings).toMatchObject(
      chains.map((chain) => ({
        code: 'unpinned-image',
        level: 'note',
        file: CI,
        line: 4,
        column: 15,
        reference: at(path, n),
        chain: [at(path, n), ...chain],
      })),
    )
  })

  test('of a called workflow: its containers, its services and its steps', async () => {
    const call = at('flows/.github/workflows/call.yml', 3)
    const files = { [CI]: `jobs:\n  j:\n    uses: ${call} # v1.0.0\n` }
    const { code, findings } = await checkFiles(github, files)
    expect(code).toBe(0)
    expect(findings.map(({ line, chain }) => [line, ...chain])).toEqual([
      [3, call, 'docker://alpine:3'],
      [3, call, 'node:22'],
      [3, call, 'postgres:17'],
    ])
  })

  test('of every reference that leads there, also in an action that no workflow uses', async () => {
    const { findings } = await checkFiles(github, {
      [CI]: workflow(pin('boxes/steps', 1), pin('boxes/steps', 1)),
      'own/action.yml': composite(pin('boxes/steps', 1)),
    })
    expect(findings.map(({ code, file, line }) => [code, file, line])).toEqual([
      ['unpinned-image', CI, 4],
      ['unpinned-image', CI, 5],
      ['unpinned-image', 'own/action.yml', 4],
    ])
  })

  test('but not again of what leads to a file of the repository, where it stands', async () => {
    const { findings } = await checkFiles(github, {
      [CI]: workflow('./own'),
      'own/action.yml': composite('docker://alpine:3'),
    })
    expect(findings.map(({ file, chain }) => [file, ...chain])).toEqual([
      ['own/action.yml', 'docker://alpine:3'],
    ])
  })
})

test('its words name who runs it, and what can be done', async () => {
  const { findings } = await checkFiles(github, { [CI]: workflow(pin('nest', 2)) })
  expect(findings[0]).toMatchObject({
    message: 'acme/boxes runs the image debian:12, which has no digest',
    help: 'look for a release of acme/nest whose images have digests, ask the authors of acme/boxes for one (@sha256: and the digest behind the image), or keep a copy of your own in which you write them',
  })
})

test.each([
  ['images: deny', ['error unpinned-image']],
  ['images: allow', []],
  ['levels: { unpinned-image: warning }', ['warning unpinned-image']],
  ['levels: { unpinned-image: off }', []],
  ['ignore: [{ action: acme/boxes, reason: ours, findings: [unpinned-image] }]', []],
  ['ignore: [{ action: acme/nest, reason: ours }]', ['note unpinned-image']],
])('%s counts for them too', async (config, codes) => {
  const files = { [CI]: workflow(pin('boxes', 1)), '.github/pinsmith.yml': `${config}\n` }
  expect(codesIn(await checkFiles(github, files))).toEqual(codes)
})

test('--no-nested does not look', async () => {
  const files = { [CI]: workflow(pin('boxes', 1)) }
  expect((await checkFiles(github, files, '--no-nested')).findings).toEqual([])
})
