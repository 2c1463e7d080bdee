/** One line of the result. */
export interface Figure {
  readonly name: string
  readonly value: string
}

/** Figures that were measured in one run, side by side. */
export interface FigureGroup {
  readonly title: string
  readonly figures: readonly Figure[]
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

/** The figures as Markdown, one table for each group. */
export function formatFigures(groups: readonly FigureGroup[]): string {
  return groups
    .map(({ title, figures }) =>
      [
        `| ${title} | |`,
        '|---|---:|',
        ...figures.map(({ name, value }) => `| ${name} | ${value} |`),
        '',
      ].join('\n'),
    )
    .join('\n')
}
