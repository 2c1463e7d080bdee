import { accuseLearned } from '../../check/accuse-learned.ts'
import type { Finding } from '../../check/finding.ts'
import { toFinding } from '../../check/findings.ts'
import { ownReferences } from '../../check/own-reference.ts'
import { weigh } from '../../check/weigh.ts'
import type { Config } from '../../config/config.ts'
import type { FilePlan } from '../../plan/plan.ts'
import type { Site } from '../../yaml/locate.ts'
import { learn } from '../check/learn.ts'
import type { Connect, PlanFailure } from '../make-plan.ts'
import type { Sources } from '../sources.ts'
import { plannedFiles } from '../walk-planned.ts'

/** What judging goes by. */
export interface JudgeMeans {
  readonly sources: Sources
  readonly connect: Connect
  readonly config: Config
  /** `YYYY-MM-DD`: ignores expire. */
  readonly today: string
  /** Whether to look at what the actions use in turn, too. */
  readonly nested: boolean
}

/** What `check` would find once plans are carried out. */
export interface JudgedPlans {
  readonly kind: 'judged'
  /** At a site as it is before: about itself, what it leads to, and the run. What the configuration lets pass is left out. */
  readonly at: (site: Site) => readonly Finding[]
}

/** Judges the sites of plans as `check` would judge them once those are carried out. */
export async function judgePlans(
  plans: readonly FilePlan[],
  sites: ReadonlySet<Site>,
  { sources, connect, config, today, nested }: JudgeMeans,
): Promise<JudgedPlans | PlanFailure> {
  const files = plannedFiles(sources, plans)
  const planned = sources.files.map((file) => {
    return { ...file, located: files.get(file.path) ?? file.located }
  })
  const before = sitesBefore(sources.files, planned)
  const own = ownReferences(planned).filter(({ site }) => {
    const was = before.get(site)
    return was !== undefined && sites.has(was)
  })
  const learned = await learn({ ...sources, files: planned }, own, nested, connect)
  if (learned.kind !== 'learned') return learned
  const found = new Map<Site | undefined, Finding[]>()
  const leniency = { config, today, isChanged: undefined }
  for (const { detail, places } of accuseLearned(own, learned.uses, learned.knowledge, config))
    for (const place of places.length === 0 ? [undefined] : places) {
      const weighed = weigh({ detail, places: place === undefined ? [] : [place] }, leniency)
      if (weighed === undefined) continue
      const site = place?.site === undefined ? undefined : before.get(place.site)
      found.set(site, [...(found.get(site) ?? []), toFinding(weighed, noFix)])
    }
  return {
    kind: 'judged',
    at: (site) => [...(found.get(undefined) ?? []), ...(found.get(site) ?? [])],
  }
}

const noFix = (): undefined => undefined

/**
 * What each site was before, which is told by its number in the file: an edit changes what sites say, and perhaps their lines, but
 * neither their number nor their order.
 */
function sitesBefore(files: Sources['files'], planned: Sources['files']): ReadonlyMap<Site, Site> {
  const before = new Map<Site, Site>()
  for (const [n, { path, located }] of planned.entries()) {
    const earlier = files[n]?.located.sites ?? []
    if (earlier.length !== located.sites.length)
      throw new Error(`${path}: an edit changed the number of its references`)
    for (const [m, site] of located.sites.entries()) {
      const was = earlier[m]
      if (was !== undefined) before.set(site, was)
    }
  }
  return before
}
