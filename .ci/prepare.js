// npm runs this wherever it makes the package from a checkout: `npm ci`, `npm pack`, and `npm install git+https://…`, which
// is how pre-commit installs a hook. There npm 11 lets the inner run believe that it is a global one, too, so that what
// the build needs is not there.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const { npm_execpath: npmPath = '' } = process.env

function npm(...args) {
  const env = { ...process.env, npm_config_global: 'false' }
  // On standard output it would be taken for the package's name by who reads that of `npm pack`.
  const stdio = ['ignore', process.stderr, process.stderr]
  const { status } = spawnSync(process.execPath, [npmPath, ...args], { env, stdio })
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed`)
}

if (!existsSync('node_modules/typescript')) npm('ci', '--ignore-scripts', '--include=dev')
npm('run', 'build')
