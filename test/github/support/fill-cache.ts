// Run as a process of its own, several at once: asks for one manifest and prints what kind of answer it got.
import { connect } from '../../../src/github/connection/connect.ts'
import { sha } from '../../support/github/worlds.ts'
import { manifest, noGh, question, refsOf } from './ports.ts'

const port = await connect({
  env: process.env,
  token: undefined,
  resolver: 'git',
  fallbackHost: undefined,
  maxWait: 0,
  version: '0.0.0',
  gh: noGh,
})
if ('kind' in port) throw new Error(port.message)
const { manifests } = await refsOf(port, question('acme/tool', { manifests: [manifest(sha(1))] }))
process.stdout.write([...manifests.values()].map(({ kind }) => kind).join())
