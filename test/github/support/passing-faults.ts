import {
  answer,
  cut,
  reset,
  tooManyRequests,
  truncate,
  type Fault,
} from '../../support/github/fault.ts'

/** What goes wrong once and fares better when it is tried again, whatever was asked for. */
export const passingFaults: readonly (readonly [name: string, fault: Fault])[] = [
  ['status 502', answer(502, 'Bad Gateway')],
  ['429 with Retry-After', tooManyRequests(2)],
  ['429 without', tooManyRequests()],
  ['a reset connection', reset],
  ['a body that breaks off', cut],
  ['a body that is too short without a word', truncate],
]
