import type { Endpoint } from './endpoint.ts'
import { gitEndpoints } from './git.ts'
import { graphqlEndpoints } from './graphql/endpoint.ts'
import { rawEndpoints } from './raw.ts'
import { restEndpoints } from './rest.ts'
import { tarballEndpoints } from './tarball.ts'
import { webEndpoints } from './web.ts'

/** The first that matches a path answers. */
export const endpoints: readonly Endpoint[] = [
  ...graphqlEndpoints,
  ...tarballEndpoints,
  ...restEndpoints,
  ...rawEndpoints,
  ...webEndpoints,
  ...gitEndpoints,
]
