import type { RepositoryFailure } from '../domain/outcome.ts'
import type { Problem } from '../domain/problem.ts'
import { parseReference } from '../domain/reference.ts'
import type { Position } from '../domain/span.ts'
import type { ReachFault, VendorObstacle, WayFault } from '../domain/vendor-obstacle.ts'
import type { CopyNote } from '../remedy/vendor/files.ts'
import type { Words } from './words.ts'

/**
 * Why an action is not copied, or why a reference is not led to its copy, and what to do next.
 * @param reference of the action, as written
 */
export function vendorObstacleWords(obstacle: VendorObstacle, reference: string): Words {
  const upstream = upstreamNext(reference)
  switch (obstacle.kind) {
    case 'workflow':
      return {
        what: 'a called workflow cannot be copied as an action: GitHub calls workflows only from .github/workflows',
        why: BLOCKED,
        next: `${upstream}, or write its jobs into a workflow of your own`,
      }
    case 'not-composite':
      return {
        what: `this action runs by ${obstacle.using ?? 'something that it does not say'}, so it uses no other action`,
        why: 'a copy would make nothing safer: its pin says which code runs',
        next: 'leave it pinned',
      }
    case 'no-archive':
      return {
        what: `its files could not be had: ${failureWords(obstacle.failure)}`,
        why: BLOCKED,
        next: 'run pinsmith again; if it stays so, try --resolver git or --resolver api',
      }
    case 'manifest':
      return {
        what: `its manifest cannot be copied: ${obstacle.detail}`,
        why: 'what it uses is not known, so a copy could not be made safe',
        next: upstream,
      }
    case 'self-reference':
      return {
        what: `${obstacle.written} in its ${at(obstacle)} means its own repository, and cannot be edited in place`,
        why: 'in a copy it would mean your repository, and run something else or nothing',
        next: upstream,
      }
    case 'reach':
      return {
        what: `it reaches out of its folder in ${at(obstacle)}, with ${obstacle.written}: ${REACHES[obstacle.fault]}`,
        why: 'without what it reaches a copy would not work',
        next: upstream,
      }
    case 'link':
      return {
        what: `its ${obstacle.file} is a symbolic link to ${obstacle.target}, which is no file of its repository`,
        why: 'a link could lead anywhere once it is in your repository',
        next: upstream,
      }
    case 'lfs':
      return {
        what: `its ${obstacle.file} is kept in Git LFS, and only a pointer to it comes along`,
        why: 'without the file a copy would not work',
        next: upstream,
      }
    case 'unsafe-name':
      return {
        what: `its ${JSON.stringify(obstacle.file)} has a name that git or some system cannot hold`,
        why: 'the copy could not be checked out everywhere, or would be something else there',
        next: upstream,
      }
    case 'in-the-way':
      return {
        what: `${obstacle.path} stands where its copy should, and ${WAYS[obstacle.fault]}`,
        why: 'pinsmith never overwrites your work',
        next: WAY_NEXT[obstacle.fault],
      }
    case 'no-checkout':
      return {
        what: 'its copy would be used by ./, and no step before this one checks your repository out at the root of the workspace',
        why: 'this GitHub does not know $/, and ./ is whatever stands in the workspace',
        next: 'add a step with actions/checkout before this one, without path, repository, ref, sparse-checkout and if, and run pinsmith again',
      }
    case 'in-action':
      return {
        what: 'its copy would be used by ./, which in an action means the workspace of whatever job uses that',
        why: 'this GitHub does not know $/, and pinsmith cannot tell what stands in the workspace then',
        next: 'use the action in the workflow itself, behind a step that checks your repository out',
      }
    case 'in-callable':
      return {
        what: 'its copy would be used by ./, which in a workflow that others may call means the workspace of whoever calls it',
        why: 'this GitHub does not know $/, and what a checkout brings there is the repository of the caller',
        next: 'use the action in a workflow without workflow_call, behind a step that checks your repository out',
      }
    case 'in-template':
      return {
        what: 'a workflow template is used in other repositories, where there is no copy',
        why: BLOCKED,
        next: upstream,
      }
    case 'elsewhere':
      return {
        what: 'this file is of another repository than the one you are in',
        why: 'a copy is made where it is used',
        next: 'run pinsmith in that repository',
      }
  }
}

/**
 * Why a copy would stay blocked, and what to do next.
 * @param problem in the action's manifest
 * @param words for that
 * @param reference of the action, as written
 */
export function staysBlockedWords(problem: Problem, words: Words, reference: string): Words {
  const isChoice = problem.code === 'unresolved' && problem.resolution.kind === 'ambiguous'
  return {
    what:
      'reference' in problem
        ? `its ${at(problem)} uses ${problem.reference}, which would block a copy too: ${words.what}`
        : `its ${problem.file} would block a copy too: ${words.what}`,
    why: BLOCKED,
    next: isChoice ? words.next : upstreamNext(reference),
  }
}

/** What the owner of a copy should know. */
export function copyNoteWords(note: CopyNote): string {
  switch (note) {
    case 'no-licence':
      return 'no licence came with it: make sure that you may keep a copy'
    case 'reads-own-ref':
      return 'it asks by which ref it was called (github.action_ref, github.action_repository), which is empty in a copy: look at what it does then'
  }
}

/** That git has to be told which files of a copy may be run. */
export function unmarkedWords(paths: readonly string[]): string[] {
  if (paths.length === 0) return []
  return [
    `this system does not keep which files may be run, so git has to be told: git add --chmod=+x ${paths.join(' ')}`,
  ]
}

const BLOCKED = "it stays as it is, and GitHub's SHA policy goes on blocking it"

/** What can be done about an action where a copy is no way out. */
function upstreamNext(reference: string): string {
  const action = parseReference(reference, 'step')
  const name =
    typeof action === 'object' && 'repo' in action ? `${action.owner}/${action.repo}` : 'owner/repo'
  return `move to a release whose own references are pinned (\`pinsmith --nested upgrade\`), or give its authors a patch that pins them (\`pinsmith patch ${name}\`)`
}

const REACHES: Record<ReachFault, string> = {
  dynamic: 'where that leads is only known while it runs',
  outside: 'that lies outside its repository',
  nothing: 'nothing stands there',
}

const WAYS: Record<WayFault, string> = {
  unknown: 'pinsmith did not put it there',
  edited: 'it was edited since pinsmith copied it',
  copy: 'it is a copy of another action',
  case: 'its name differs in upper and lower case alone',
  symlink: 'it is a symbolic link',
  'not-a-file': 'it is not what a copy has there, or cannot be read',
}

const MOVE_AWAY = 'move it elsewhere or delete it, and run pinsmith again'

const WAY_NEXT: Record<WayFault, string> = {
  unknown: MOVE_AWAY,
  edited: 'undo the edit (git checkout), or delete the copy, and run pinsmith again',
  copy: MOVE_AWAY,
  case: MOVE_AWAY,
  symlink: MOVE_AWAY,
  'not-a-file': MOVE_AWAY,
}

function failureWords(failure: RepositoryFailure): string {
  switch (failure.kind) {
    case 'repository-not-found':
      return 'the repository was not found'
    case 'forbidden':
    case 'broken':
      return failure.detail
  }
}

function at({ file, position }: { readonly file: string; readonly position: Position }): string {
  return `${file}:${position.line}:${position.column}`
}
