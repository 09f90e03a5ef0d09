import { createServer } from 'node:http'
import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ASSETS = resolve('out/renderer/assets')

/** Name of a built asset by the name it has in the sources. */
export function assetOf(name: string): string {
  const found = readdirSync(ASSETS).find((file) => file.startsWith(`${name}-`) && file.endsWith('.js'))
  if (found === undefined) throw new Error(`there is no built ${name}: run \`npm run build\``)
  return found
}

/** Serves an empty page and the built assets on this machine alone, for a browser that knows no app: addresses. */
export async function servePages(): Promise<{ readonly origin: string; readonly close: () => void }> {
  const server = createServer((request, response) => {
    const name = /^\/assets\/([\w.-]+\.js)$/.exec(request.url ?? '')?.[1]
    response.setHeader('Content-Type', name === undefined ? 'text/html' : 'text/javascript')
    response.end(name === undefined ? '<!doctype html><title>test</title>' : readFileSync(join(ASSETS, name)))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the test server has no port')
  return { origin: `http://127.0.0.1:${address.port}`, close: () => server.close() }
}
