import { flush, packet } from './pkt-line.ts'
import type { Repository } from './repository.ts'

const service = `${packet('# service=git-upload-pack')}${flush}`

/** What the server can do, for a client that asked for version 2. */
export const capabilities: string = [
  service,
  packet('version 2'),
  packet('agent=git/github-local'),
  packet('ls-refs=unborn'),
  packet('fetch=shallow wait-for-done filter'),
  packet('server-option'),
  packet('object-format=sha1'),
  flush,
].join('')

/** Every ref at once, each annotated tag followed by what it peels to: protocol version 0. */
export function advertiseRefs(repository: Repository): string {
  const head = `refs/heads/${repository.defaultBranch}`
  const tip = repository.ref(head)
  const lines = [
    ...(tip ? [`${tip.object} HEAD`] : []),
    ...repository.refs.flatMap(({ object, commit, fullName }) =>
      object === commit
        ? [`${object} ${fullName}`]
        : [`${object} ${fullName}`, `${commit} ${fullName}^{}`],
    ),
  ]
  const abilities = `multi_ack side-band-64k ofs-delta symref=HEAD:${head} object-format=sha1`
  const [first = `${'0'.repeat(40)} capabilities^{}`, ...rest] = lines
  return [service, packet(`${first}\0${abilities}`), ...rest.map(packet), flush].join('')
}
