import { expect, test } from 'vitest'
import { isCalendarDay } from '../../src/domain/day.ts'

test.each(['1970-01-01', '2024-02-29', '2027-01-31', '9999-12-31'])('%s is a day', (text) => {
  expect(isCalendarDay(text)).toBe(true)
})

test.each([
  '',
  '2027-02-29',
  '2027-04-31',
  '2027-13-01',
  '2027-00-10',
  '2027-1-1',
  '20270101',
  '2027-01-31T00',
  ' 2027-01-31',
  'tomorrow',
])('%j is none', (text) => {
  expect(isCalendarDay(text)).toBe(false)
})
