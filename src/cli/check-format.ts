import type { CheckReport } from '../report/check/report.ts'
import type { Palette } from '../report/palette.ts'
import type { Volume } from '../report/pin/text.ts'
import type { CheckFormat } from './report-option.ts'

/** How a report is to be written. */
export interface CheckStyle {
  readonly volume: Volume
  readonly palette: Palette
  /** pinsmith's own version. */
  readonly version: string
}

/** A check's report in a format, with a final line end. What writes it is loaded when it is asked for. */
export async function formatCheck(
  format: CheckFormat,
  report: CheckReport,
  { volume, palette, version }: CheckStyle,
): Promise<string> {
  switch (format) {
    case 'text': {
      const { formatCheckText } = await import('../report/check/text.ts')
      return formatCheckText(report, volume, palette)
    }
    case 'json': {
      const { formatCheckJson } = await import('../report/check/json.ts')
      return formatCheckJson(report)
    }
    case 'sarif': {
      const { formatCheckSarif } = await import('../report/check/sarif.ts')
      return formatCheckSarif(report, version)
    }
    case 'github': {
      const { formatCheckGithub } = await import('../report/check/github.ts')
      return formatCheckGithub(report)
    }
    case 'markdown': {
      const { formatCheckMarkdown, MOST_OF_COMMENT } = await import('../report/check/markdown.ts')
      return formatCheckMarkdown(report, MOST_OF_COMMENT)
    }
  }
}
