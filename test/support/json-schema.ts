import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

/** What is wrong with a value by a schema: nothing for one that is valid. */
export type Validator = (value: unknown) => readonly string[]

/** Makes a validator by a JSON Schema of draft 07 or 2020-12 on disk; `others` are those that it refers to. */
export function readSchema(path: string | URL, ...others: readonly string[]): Validator {
  const schema = read(path)
  // SARIF's schema has a pattern that is none in the stricter Unicode mode.
  const options = { allErrors: true, strict: false, unicodeRegExp: false }
  const ajv = schema.$schema?.includes('2020-12') === true ? new Ajv2020(options) : new Ajv(options)
  addFormats.default(ajv)
  for (const other of others) ajv.addSchema(read(other))
  const validate = ajv.compile(schema)
  return (value) => {
    validate(value)
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    )
  }
}

/** Makes a validator by one of the schemas that the `schemastore` package holds, such as `sarif-2.1.0`. */
export function readPublicSchema(name: string, ...others: readonly string[]): Validator {
  const require = createRequire(import.meta.url)
  const folder = join(dirname(require.resolve('schemastore/package.json')), 'schemas', 'json')
  const pathOf = (each: string): string => join(folder, `${each}.json`)
  return readSchema(pathOf(name), ...others.map(pathOf))
}

interface Schema {
  readonly $schema?: string
}

function read(path: string | URL): Schema {
  const schema: Schema = JSON.parse(readFileSync(path, 'utf8'))
  return schema
}
