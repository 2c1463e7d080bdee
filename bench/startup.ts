import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median, type FigureGroup } from './figure.ts'

const pinsmith = fileURLToPath(new URL('../bin/pinsmith.js', import.meta.url))
const workflow = fileURLToPath(
  new URL('../fixtures/repos/demo/.github/workflows/release.yml', import.meta.url),
)
const RUNS = 25

/** How long it takes to start, next to bare Node. */
export function measureStartup(): FigureGroup {
  const commands: [string, string[]][] = [
    ['`node -e 0`', ['-e', '0']],
    ['`pinsmith --version`', [pinsmith, '--version']],
    ['`pinsmith --help`', [pinsmith, '--help']],
    ['`pinsmith check --offline`, one file', [pinsmith, 'check', '--offline', workflow]],
  ]
  const times = commands.map((): number[] => [])
  // In turns, so that what else the machine does falls on all alike.
  for (let run = 0; run < RUNS; run++)
    for (const [index, [, args]] of commands.entries()) {
      const start = performance.now()
      spawnSync(process.execPath, args, { stdio: 'ignore' })
      times[index]?.push(performance.now() - start)
    }
  const base = median(times[0] ?? [])
  return {
    title: 'Start-up, in times of bare Node',
    figures: commands.map(([name], index) => ({
      name,
      value: `${(median(times[index] ?? []) / base).toFixed(2)} ×`,
    })),
  }
}
