import { Argument, Command, Help } from 'commander'
import { addCheckOptions, defaultCheckFlags, type CheckFlags } from './check-flags.ts'
import type { ExitCode } from './exit-code.ts'
import { addGraphOptions, defaultGraphFlags, type GraphFlags } from './graph-flags.ts'
import { addHelp } from './help.ts'
import { addInitOptions, defaultInitFlags, type InitFlags } from './init-flags.ts'
import type { Io } from './io.ts'
import { addPatchOptions, defaultPatchFlags, type PatchFlags } from './patch-flags.ts'
import { addPinOptions, defaultFlags, type PinFlags } from './pin-flags.ts'
import { addUpdateOptions, defaultUpdateFlags, type UpdateFlags } from './update-flags.ts'
import { addVendorOptions, defaultVendorFlags, type VendorFlags } from './vendor-flags.ts'
import { readVersion } from './version.ts'

/** Builds the command line. What a command does is loaded when it is called. */
export function makeProgram(io: Io, finish: (code: ExitCode) => void): Command {
  const program = new Command('pinsmith')
    .description(
      'Pins every GitHub Action that a repository runs to a full commit SHA, in place,\nwith the version as a comment.',
    )
    .version(readVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 80,
      getErrHelpWidth: () => io.stderr.columns ?? 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError('Run `pinsmith --help` for the options.')
    .showSuggestionAfterError()
    .exitOverride()
    .usage('[pin] [options] [paths...]')
  const pin = addPin(program, io, finish)
  addCheck(program, io, finish)
  addGraph(program, io, finish)
  addUpdate(program, io, finish)
  addVendor(program, io, finish)
  addPatch(program, io, finish)
  addInit(program, io, finish)
  addCache(program, io, finish)
  addHelp(program)
  // What stands without a command's name is a matter of the default command: its options are shown with the program's.
  const plain = new Help()
  program.configureHelp({
    visibleArguments: (command) => plain.visibleArguments(command === program ? pin : command),
    visibleOptions: (command) => [
      ...(command === program
        ? plain.visibleOptions(pin).filter(({ long }) => long !== '--help')
        : []),
      ...plain.visibleOptions(command),
    ],
  })
  return program
}

function addPin(program: Command, io: Io, finish: (code: ExitCode) => void): Command {
  const pin = program
    .command('pin', { isDefault: true })
    .description('pin every `uses:` of the files to the commit that its ref names (the default)')
    .argument('[paths...]', 'files and folders; without any, the repository you are in')
    .action(async (paths: string[], flags: Partial<PinFlags>) => {
      const { runPin } = await import('./pin-command.ts')
      finish(await runPin(paths, { ...defaultFlags, ...flags }, io))
    })
  return addPinOptions(pin)
}

function addCheck(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const check = program
    .command('check')
    .description(
      'check that every reference is pinned, that every pin is a commit of that repository, and that its label is true',
    )
    .argument('[paths...]', 'files and folders; without any, the repository you are in')
    .action(async (paths: string[], flags: Partial<CheckFlags>) => {
      const { runCheck } = await import('./check-command.ts')
      finish(await runCheck(paths, { ...defaultCheckFlags, ...flags }, io))
    })
  addCheckOptions(check)
}

function addGraph(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const graph = program
    .command('graph')
    .description(
      "show everything that the workflows run, nested actions included, and whether GitHub's SHA policy would let them",
    )
    .argument('[paths...]', 'files and folders; without any, the repository you are in')
    .action(async (paths: string[], flags: Partial<GraphFlags>) => {
      const { runGraph } = await import('./graph-command.ts')
      finish(await runGraph(paths, { ...defaultGraphFlags, ...flags }, io))
    })
  addGraphOptions(graph)
}

function addUpdate(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const update = program
    .command('update')
    .description(
      'move pins to newer versions that are old enough and that `check` finds no fault with, and pin what is not pinned',
    )
    .argument('[paths...]', 'files and folders; without any, the repository you are in')
    .action(async (paths: string[], flags: Partial<UpdateFlags>) => {
      const { runUpdate } = await import('./update-command.ts')
      finish(await runUpdate(paths, { ...defaultUpdateFlags, ...flags }, io))
    })
  addUpdateOptions(update)
}

function addVendor(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const vendor = program
    .command('vendor')
    .description(
      'copy actions into .github/actions, pin what they use, and use the copies in their place',
    )
    .argument('<actions...>', 'owner/repo, owner/repo/path, or with @ref another version of it')
    .action(async (actions: string[], flags: Partial<VendorFlags>) => {
      const { runVendor } = await import('./vendor-command.ts')
      finish(await runVendor(actions, { ...defaultVendorFlags, ...flags }, io))
    })
  addVendorOptions(vendor)
}

function addPatch(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const patch = program
    .command('patch')
    .description(
      'make the diff that would pin what an action of others uses in turn, with the text of a pull request',
    )
    .argument('<repository>', 'owner/repo, or owner/repo@ref')
    .action(async (repository: string, flags: Partial<PatchFlags>) => {
      const { runPatch } = await import('./patch-command.ts')
      finish(await runPatch(repository, { ...defaultPatchFlags, ...flags }, io))
    })
  addPatchOptions(patch)
}

function addInit(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  const init = program
    .command('init')
    .description('write a configuration to begin with, .github/pinsmith.yml')
    .action(async (flags: Partial<InitFlags>) => {
      const { runInit } = await import('./init-command.ts')
      finish(await runInit({ ...defaultInitFlags, ...flags }, io))
    })
  addInitOptions(init)
}

function addCache(program: Command, io: Io, finish: (code: ExitCode) => void): void {
  program
    .command('cache')
    .description('say where manifests are kept between runs, or remove them')
    .addArgument(new Argument('<action>', 'what to do').choices(['path', 'clear']))
    .action(async (action: 'path' | 'clear') => {
      const { runCache } = await import('./cache-command.ts')
      finish(await runCache(action, io))
    })
}
