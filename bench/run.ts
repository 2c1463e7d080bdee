import { formatFigures } from './figure.ts'
import { measureRewriting } from './rewrite.ts'
import { measureRoundTrips } from './round-trips.ts'
import { measureStartup } from './startup.ts'

// `npm run bench`: prints Markdown. Ratios of one run on one machine; nothing here passes or fails.
console.log(formatFigures([measureStartup(), measureRewriting(), await measureRoundTrips()]))
