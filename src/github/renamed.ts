/** The name that a repository (`owner/repo`) has today, where it is another; one that differs in case alone is not. */
export function renamed(asked: string, today: string | undefined): string | undefined {
  return today === undefined || today.toLowerCase() === asked.toLowerCase() ? undefined : today
}
