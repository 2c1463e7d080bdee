import type { Finding, Fix } from '../../check/finding.ts'
import type { CheckReport } from './report.ts'
import { makeRegions, type Regions } from '../finding/region.ts'
import { findingWords } from '../finding/words.ts'
import { verdictJson } from '../verdict/json.ts'

/** The report of a check as JSON, with a final line end. Lines and columns count from 1. */
export function formatCheckJson({ findings, nested, offline, texts }: CheckReport): string {
  const regions = makeRegions(texts)
  const value = {
    version: 1,
    offline,
    ...(nested === undefined ? {} : verdictJson(nested.verdict)),
    findings: findings.map((finding) => findingJson(finding, regions)),
  }
  return `${JSON.stringify(value, undefined, 2)}\n`
}

function findingJson(finding: Finding, regions: Regions): object {
  const { detail, level, file, position, reference, chain, fix } = finding
  const { what, why, next } = findingWords(finding)
  return {
    code: detail.code,
    level,
    file,
    line: position?.line,
    column: position?.column,
    reference,
    message: what,
    why,
    help: next,
    chain,
    fix: file === undefined || fix === undefined ? undefined : fixJson(file, fix, regions),
  }
}

function fixJson(file: string, { edits }: Fix, { ofSpan }: Regions): object {
  return {
    edits: edits.map(({ span, expected, replacement }) => {
      const region = ofSpan(file, span)
      return {
        line: region?.line,
        column: region?.column,
        endLine: region?.endLine,
        endColumn: region?.endColumn,
        expected,
        replacement,
      }
    }),
  }
}
