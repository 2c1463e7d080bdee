// Run as a process of its own: what Node reads from the environment at its start cannot be tested in another way.
// `tsx ask.ts [owner/repo]`: connects as the environment says, asks for the tag v1 of the repository, prints the answer.
import { connect } from '../../../src/github/connection/connect.ts'
import { question } from './ports.ts'

const [repository] = process.argv.slice(2)
const port = await connect({
  env: process.env,
  token: undefined,
  resolver: undefined,
  fallbackHost: undefined,
  maxWait: 0,
  version: '0.0.0',
  gh: async () => undefined,
})
if ('kind' in port) throw new Error(port.message)
if (repository !== undefined) {
  const answer = await port.lookUp([question(repository, { names: ['v1'] })])
  const result = answer.kind === 'answers' ? [...answer.repositories.values()][0] : answer
  const shown = result?.kind === 'refs' ? { kind: 'refs', tags: [...result.tags] } : result
  process.stdout.write(JSON.stringify(shown))
}
