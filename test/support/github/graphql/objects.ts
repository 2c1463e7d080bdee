import { isUtf8 } from 'node:buffer'
import { entriesOf, objectAt, type GitObject, type TreeEntry } from '../git-object.ts'
import type { Repository } from '../repository.ts'
import { objectById } from '../revision.ts'
import { GraphObject, nodeId, stringArg, type Field } from './graph-object.ts'

/** A git object as GraphQL shows it. */
export function gitObject(repository: Repository, object: GitObject): GraphObject {
  const common: Readonly<Record<string, Field>> = {
    id: () => nodeId('GO', repository.id, object.oid),
    oid: () => object.oid,
    abbreviatedOid: () => object.oid.slice(0, 7),
  }
  switch (object.kind) {
    case 'commit':
      return new GraphObject('Commit', {
        ...common,
        committedDate: () => object.date,
        authoredDate: () => object.date,
        tree: () => {
          const tree = objectAt(repository, object, '')
          return tree ? gitObject(repository, tree) : null
        },
        file: (args) => {
          const path = stringArg(args, 'path') ?? ''
          const found = path === '' ? undefined : objectAt(repository, object, path)
          const name = path.split('/').at(-1) ?? path
          return found ? treeEntry(repository, { name, path, object: found }) : null
        },
      })
    case 'tag':
      return new GraphObject('Tag', {
        ...common,
        name: () => object.name,
        message: () => object.name,
        // Worlds do not record it: a tag is as old as what it names.
        tagger: () => {
          let named = objectById(repository, object.target)
          while (named?.kind === 'tag') named = objectById(repository, named.target)
          const date = named?.kind === 'commit' ? named.date : null
          return new GraphObject('GitActor', { date: () => date })
        },
        target: () => {
          const target = objectById(repository, object.target)
          return target ? gitObject(repository, target) : null
        },
      })
    case 'blob':
      return new GraphObject('Blob', {
        ...common,
        text: () => (isText(object.bytes) ? head(object.bytes).toString() : null),
        byteSize: () => object.bytes.length,
        isBinary: () => (isTruncated(object.bytes) ? null : !isText(object.bytes)),
        isTruncated: () => isTruncated(object.bytes),
      })
    case 'tree':
      return new GraphObject('Tree', {
        ...common,
        entries: () => entriesOf(repository, object).map((entry) => treeEntry(repository, entry)),
      })
  }
}

// Seen: https://github.com/sveltia/sveltia-cms/issues/950
const MOST_TEXT = 512_000

function head(bytes: Buffer): Buffer {
  return bytes.subarray(0, MOST_TEXT)
}

function isTruncated(bytes: Buffer): boolean {
  return bytes.length > MOST_TEXT
}

function isText(bytes: Buffer): boolean {
  return isUtf8(bytes) && !bytes.includes(0)
}

function treeEntry(repository: Repository, { name, path, object }: TreeEntry): GraphObject {
  const isBlob = object.kind === 'blob'
  return new GraphObject('TreeEntry', {
    name: () => name,
    path: () => path,
    type: () => object.kind,
    mode: () => (isBlob ? 0o100644 : 0o040000),
    oid: () => object.oid,
    size: () => (isBlob ? object.bytes.length : 0),
    object: () => gitObject(repository, object),
  })
}
