// Prints the counts of vitest's JSON report as one line; fails unless tests ran and all of them passed.
import { readFileSync } from 'node:fs'

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'))

// A test file that could not even be loaded holds no failed test, but is a failure all the same.
const unloaded = report.testResults.filter(
  ({ status, assertionResults }) =>
    status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
)
const passed = report.numPassedTests
const failed = report.numFailedTests + unloaded.length
const skipped = report.numPendingTests + report.numTodoTests

console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
if (passed === 0 || failed > 0) process.exitCode = 1
