// npm runs this wherever it makes the package from a checkout: `npm ci`, `npm pack`, and `npm install git+https://…`, which
// is how pre-commit installs a hook. There npm 11 lets the inner run believe that it is a global one, too, so that what
// the build needs is not there.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const { npm_execpath: npmPath = '' } = process.env

function npm(...args) {
  const env = { ...process.env, npm_config_global: 'false' }
  // On standard output it would be taken for the package's name by who reads that of `npm pack`.
  const stdio = ['ignore', process.stderr, process.stderr]
  const { status } = spawnSync(process.execPath, [npmPath, ...args], { env, stdio })
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed`)
}

/** Whether nothing that the build reads is newer than what it wrote: so `npm pack` behind a build does not build again. */
function isBuilt() {
  if (!existsSync('dist/index.js')) return false
  const sources = readdirSync('src', { recursive: true }).map((path) => join('src', path))
  const built = statSync('dist/index.js').mtimeMs
  return [...sources, 'package.json', 'tsconfig.json', 'tsconfig.build.json'].every(
    (path) => statSync(path).mtimeMs < built,
  )
}

if (!isBuilt()) {
  if (!existsSync('node_modules/typescript')) npm('ci', '--ignore-scripts', '--include=dev')
  npm('run', 'build')
}
