import { expect, test } from 'vitest'
import { rawUrl } from '../../../src/github/manifest/file-reader.ts'
import { hostFromEnv } from '../../../src/github/connection/hosts.ts'
import { sha } from '../../support/github/worlds.ts'
import { commitSha } from '../support/ports.ts'

const address = { owner: 'acme', repo: 'tool', commit: commitSha(sha(1)), path: 'a b/#/action.yml' }

test.each([
  [undefined, `https://raw.githubusercontent.com/acme/tool/${sha(1)}/a%20b/%23/action.yml`],
  [
    'https://ghe.example.com/prefix',
    `https://ghe.example.com/prefix/acme/tool/raw/${sha(1)}/a%20b/%23/action.yml`,
  ],
  ['https://octo.ghe.com', `https://octo.ghe.com/acme/tool/raw/${sha(1)}/a%20b/%23/action.yml`],
])('where %s serves files to everybody', (server, url) => {
  const host = hostFromEnv({ GITHUB_SERVER_URL: server })
  if (!('name' in host)) throw new Error(host.message)
  expect(rawUrl(host, address)).toBe(url)
})
