/** Which methods an address has, so that a call with another one is told. */
import type { FastifyInstance } from 'fastify'

type Address = { parts: string[]; methods: Set<string> }

/** Learns every route that is added from now on; answers the methods of an address, none if it has no route. */
export function methodsOf(app: FastifyInstance): (url: string) => string[] {
  const addresses = new Map<string, Address>()
  app.addHook('onRoute', ({ url, method }) => {
    const address = addresses.get(url) ?? { parts: partsOf(url), methods: new Set() }
    addresses.set(url, address)
    for (const name of [method].flat()) address.methods.add(name)
  })
  return (url) => {
    const parts = partsOf(url)
    const fitting = [...addresses.values()].filter((address) => isAt(address, parts))
    const methods = new Set(fitting.flatMap((address) => [...address.methods]))
    return methods.size === 0 ? [] : [...methods, 'OPTIONS'].sort()
  }
}

function isAt({ parts: wanted }: Address, parts: string[]): boolean {
  return (
    wanted.length === parts.length &&
    wanted.every((part, at) => (part.startsWith(':') ? parts[at] !== '' : part === parts[at]))
  )
}

/** Without the query and a slash at the end, as the router sees it. */
function partsOf(url: string): string[] {
  const path = url.split('?')[0] ?? ''
  return path.replace(/\/$/, '').split('/')
}
